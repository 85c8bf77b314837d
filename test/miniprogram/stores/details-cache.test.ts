// What the phone keeps of a shop's receipt goes with what it keeps of the shop (product.md §8).
import { beforeEach, describe, expect, test } from '@jest/globals'
import { keptAs } from '../../../miniprogram/phone/kept-as.ts'
import { DETAIL_AGE_MS, DetailsCache, MOST_DETAILS } from '../../../miniprogram/stores/details-cache.ts'
import type { ReceiptContent } from '../../../typings/api.ts'
import { merchantOf } from '../support/samples.ts'

const contentOf = (sub_mchid: string): ReceiptContent => ({
  sub_mchid,
  version: 1,
  blocks: [{ kind: 'pickup_code' }],
  suggested_template: 'catering',
  changed_at: null,
  changed_by: null,
  waiting_hosts: [],
})

const RECEIPT = keptAs<ReceiptContent>(1, { blocks: [{}] })
const keepReceipt = (of: DetailsCache, content: ReceiptContent) => of.putPart('receipt', RECEIPT, content.sub_mchid, content)
const receiptIn = (of: DetailsCache, sub_mchid: string) => of.getPart('receipt', RECEIPT, sub_mchid)

let kept: Map<string, unknown>
let now: number
let full: boolean
let cache: DetailsCache
beforeEach(() => {
  kept = new Map()
  full = false
  now = Date.parse('2026-11-23T02:00:00Z')
  const storage = {
    get: <T>(key: string) => (kept.get(key) ?? null) as T | null,
    set: (key: string, value: unknown) => {
      if (full) throw new Error('setStorageSync:fail exceed storage max size 10Mb')
      kept.set(key, structuredClone(value))
    },
    remove: (key: string) => void kept.delete(key),
  }
  cache = new DetailsCache(
    storage,
    () => now,
    () => [...kept.keys()],
  )
  cache.use('staff-03')
})

describe('the receipt of a shop on the phone', () => {
  test('is there for the account that read it, whichever of shop and receipt came first', () => {
    keepReceipt(cache, contentOf('1900000109'))
    cache.put(merchantOf())
    expect(receiptIn(cache, '1900000109')?.blocks).toEqual([{ kind: 'pickup_code' }])
    expect(cache.get('1900000109')?.merchant.name).toBe('科技面馆(科苑店)')
    cache.use('staff-07')
    expect(receiptIn(cache, '1900000109')).toBeNull()
  })

  test('nothing of it stays when the account leaves, or when the server says that the shop is not mine', () => {
    cache.put(merchantOf())
    keepReceipt(cache, contentOf('1900000109'))
    cache.remove('1900000109')
    expect([...kept.keys()].filter(key => key.includes('1900000109'))).toEqual([])
    keepReceipt(cache, contentOf('1900000109'))
    cache.wipe('staff-03')
    expect([...kept.keys()]).toEqual([])
  })

  test('it makes room like the shops do: the least recently used first, none older than 30 days', () => {
    for (let number = 0; number <= MOST_DETAILS; number++) keepReceipt(cache, contentOf(String(1_900_000_100 + number)))
    expect(receiptIn(cache, '1900000100')).toBeNull()
    expect([...kept.keys()].filter(key => key.endsWith(':receipt'))).toHaveLength(MOST_DETAILS)
    now += DETAIL_AGE_MS + 1
    expect(receiptIn(cache, '1900000120')).toBeNull()
  })

  test('a phone full of drafts still shows what it keeps', () => {
    cache.put(merchantOf())
    full = true
    expect(cache.get('1900000109')?.merchant.name).toBe('科技面馆(科苑店)')
  })
})
