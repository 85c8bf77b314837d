// What becomes of my changes when somebody else saved meanwhile, and which numbers may be typed.
import { describe, expect, it } from '@jest/globals'
import {
  changedFields,
  linkFault,
  merged,
  numberIn,
  templateIn,
  type Settable,
} from '../../../../../miniprogram/packages/manage/provider/rules'

const base: Settable = {
  name: '示例服务商',
  receipt_link_configured: true,
  receipt_links: [],
  default_open_since: '2026-11-01T00:00:00+08:00',
  stale_after_days: 90,
  rollout_rate_per_minute: 60,
  message_templates: [],
  watch: { enabled: true, days: 7, min_payments: 20 },
}

describe('somebody else saved meanwhile', () => {
  it('keeps mine where only I changed, theirs where only they did, and asks where both did', () => {
    const mine = { ...base, stale_after_days: 60, name: '甲' }
    const theirs = { ...base, stale_after_days: 45, rollout_rate_per_minute: 30 }
    expect(merged(base, mine, theirs)).toEqual({
      edited: { ...base, stale_after_days: 60, name: '甲', rollout_rate_per_minute: 30 },
      both: ['stale_after_days'],
      theirs: ['rollout_rate_per_minute'],
    })
  })
  it('asks nothing where both came to the same', () => {
    const same = { ...base, stale_after_days: 45 }
    expect(merged(base, same, same)).toEqual({ edited: same, both: [], theirs: [] })
  })
  it('loses nothing of mine, whatever they changed', () => {
    const mine = { ...base, receipt_links: [{ host: 'h5.example.com', path: '/', note: '' }], watch: { ...base.watch, days: 14 } }
    const theirs: Settable = { ...base, name: '乙', receipt_link_configured: false, default_open_since: null, stale_after_days: 1 }
    const { edited } = merged(base, mine, theirs)
    expect([edited.receipt_links, edited.watch]).toEqual([mine.receipt_links, mine.watch])
  })
})

it('the same moment written otherwise is no change', () => {
  expect(changedFields(base, { ...base, default_open_since: '2026-10-31T16:00:00Z' })).toEqual([])
})

it.each([
  ['stale_after_days', '90', 90],
  ['stale_after_days', ' 1 ', 1],
  ['stale_after_days', '0', null],
  ['stale_after_days', '3651', null],
  ['rollout_rate_per_minute', '10000', 10_000],
  ['rollout_rate_per_minute', '10001', null],
  ['days', '1.5', null],
  ['days', '', null],
  ['min_payments', '19', null],
  ['min_payments', '２０', null],
] as const)('%s takes %j as %s', (field, text, number) => {
  expect(numberIn(field, text)).toBe(number)
})

it('a link is compared with those beside it, not with itself', () => {
  const link = { host: 'h5.example.com', path: '/r', note: '' }
  expect(linkFault(link, [])).toBeNull()
  expect(linkFault({ ...link, host: 'H5.example.com' }, [link])).toEqual({ part: 'host', code: 'DUPLICATE' })
  expect(linkFault({ ...link, path: 'r' }, [])).toEqual({ part: 'path', code: 'WRONG_FORMAT' })
})

it.each<[string, object | null]>([
  ['tmpl-aaaaaaaaaaaaaaaaaaaa, thing1, phrase2, time3', { subject: 'thing1', outcome: 'phrase2', at: 'time3' }],
  ['time3 thing2 tmpl-aaaaaaaaaaaaaaaaaaaa thing1', { subject: 'thing2', outcome: 'thing1', at: 'time3' }],
  ['tmpl-aaaaaaaaaaaaaaaaaaaa，character_string7，phrase2，date3', { subject: 'character_string7', outcome: 'phrase2', at: 'date3' }],
  ['tmpl-aaaaaaaaaaaaaaaaaaaa, thing1, time3', null],
  ['thing1, phrase2, time3', null],
  ['tmpl-aaaaaaaaaaaaaaaaaaaa, thing1, phrase2, time3, number4', null],
])('given %j for a template, then its keywords are understood, or it is refused', (text, keys) => {
  expect(templateIn('shop', text)?.keys ?? null).toEqual(keys)
})
