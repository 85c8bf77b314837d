// How an export stands, in words, and what can be done with it.
import { expect, test } from '@jest/globals'
import type { Export } from '../../../../../typings/api.ts'
import { exportRow, fileNameOf, sizeLabel } from '../../../../../miniprogram/packages/manage/exports/view.ts'
import { listFilter, listWords } from '../../../../../miniprogram/packages/manage/exports/of-list.ts'
import { NO_FILTERS } from '../../../../../miniprogram/rules/filters.ts'
import { exportPage } from '../../../../../miniprogram/packages/manage/shops/filter.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'

const say = translator('zh-CN')
const now = Date.parse('2026-11-23T10:00:00+08:00')
const base: Export = {
  id: '00000000-0000-4000-8000-000000000001',
  kind: 'merchants',
  format: 'xlsx',
  filter: {},
  status: 'running',
  stop_code: null,
  rows: 250,
  rows_expected: 1_000,
  bytes: 340_000,
  requested_at: '2026-11-23T09:05:00+08:00',
  ended_at: null,
  kept_until: null,
  download_url: null,
  download_expires_at: null,
}
const row = (one: Partial<Export>, more: { here?: boolean; busy?: boolean } = {}) =>
  exportRow({ ...base, ...one }, { here: false, busy: false, now, say, ...more })

test('given one that is made, then it says how far it is and can be cancelled; where nobody knows how many there are, only how many are done', () => {
  expect(row({})).toMatchObject({
    title: '商户清单 · Excel',
    percent: 25,
    facts: ['今天 09:05', '250/1,000 行'],
    cancels: true,
    fetches: false,
  })
  expect(row({ rows_expected: null })).toMatchObject({ percent: null, facts: ['今天 09:05', '250 行'] })
})

test('given one that is ready, then it is fetched first; on the phone it can be handed on, and it says until when it is kept', () => {
  const ready = { status: 'ready' as const, kept_until: '2026-11-24T09:06:00+08:00', bytes: 12_500_000 }
  expect(row(ready)).toMatchObject({
    fetches: true,
    here: false,
    cancels: false,
    note: '留到 11月24日 09:06',
    facts: ['今天 09:05', '250 行', '11.9 MB'],
  })
  expect(row(ready, { here: true })).toMatchObject({ fetches: false, here: true })
})

test('given more rows than a sheet of Excel takes, then it says on how many it is, before it is made and afterwards; CSV has none', () => {
  expect(row({ rows_expected: 1_048_576 }).facts).toContain('分在 2 个工作表')
  expect(row({ rows: 3_000_000, rows_expected: null, status: 'ready' }).facts).toContain('分在 3 个工作表')
  expect(row({ rows_expected: 1_048_575 }).facts).toHaveLength(2)
  expect(row({ rows_expected: 3_000_000, format: 'csv' }).facts).toHaveLength(2)
})

test('given one that stopped or is gone, then a sentence says why and nothing can be fetched', () => {
  expect(row({ status: 'stopped', stop_code: 'SCOPE_CHANGED' }).note).toContain('负责范围变了')
  expect(row({ status: 'expired' })).toMatchObject({ note: '文件只留 24 小时，需要的话再导出一次。', fetches: false })
})

test('given a file, then its name says what and when; its size is said in few words', () => {
  expect(fileNameOf(base)).toBe('merchants-20261123T0905.xlsx')
  expect([sizeLabel(10), sizeLabel(340_000), sizeLabel(13_000_000)]).toEqual(['1 KB', '332 KB', '12.4 MB'])
})

test('given a list, then its link to the exports carries the same filter', () => {
  expect(exportPage({ state: 'verified' }, {})).toBe('/packages/manage/exports/index?state=verified&kind=merchants')
})

test('given the list 商户 with a search and filters, then they are what is exported, and words say it', () => {
  const list = {
    query: ' 面馆 ',
    filters: { ...NO_FILTERS, state: ['regressed' as const], receipt: 'open' as const, assigned_to: 'me' as const },
  }
  expect(listFilter(list)).toEqual({ q: '面馆', state: 'regressed', receipt: 'open', assigned_to: 'me' })
  expect(listWords(list, say)).toEqual(['搜「面馆」', '已回退', expect.stringContaining('小票'), '我负责的'])
  expect([listFilter({ query: '', filters: NO_FILTERS }), listWords({ query: '', filters: NO_FILTERS }, say)]).toEqual([{}, []])
})
