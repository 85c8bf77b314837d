// What 报名及配置 says of an item, of what was answered beside what was found.
import { describe, expect, it } from '@jest/globals'
import { ringOf, findingOf, itemView, rowOf } from '../../../../../miniprogram/packages/manage/readiness/view'
import { translator } from '../../../../../miniprogram/words/index'
import type { ReadinessCheck, ReadinessItem } from '../../../../../typings/api'

const say = translator('zh-CN')
const now = Date.parse('2026-11-23T14:05:00+08:00')
const item = (fields: Partial<ReadinessItem>): ReadinessItem => ({
  item: 'receipt_link',
  state: 'open',
  answer: null,
  checks: [],
  optional: true,
  version: 0,
  ...fields,
})
const check = (fields: Partial<ReadinessCheck>): ReadinessCheck => ({
  check: 'link',
  result: 'passed',
  code: 'LINK_FINE',
  values: { host: 'h5.example.com', links: 1 },
  checked_at: '2026-11-23T10:00:00+08:00',
  ...fields,
})
const done = { answer: 'done', by: '运营 02', at: '2026-11-23T09:00:00+08:00', note: '' } as const

describe('a row', () => {
  it('that nobody touched says so', () => {
    expect(rowOf(item({}), now, say).status).toBe('还没有人记录')
  })
  it('that a person answered says who, when and what', () => {
    expect(rowOf(item({ state: 'done', answer: done }), now, say).status).toBe('运营 02 今天 09:00 记为已完成')
  })
  it('whose check failed says what is wrong, also where a person said that it is done', () => {
    const failed = check({ result: 'failed', code: 'LINK_AT_FAULT', values: { host: 'h5.example.com', parts: 'framing,ready', links: 1 } })
    const row = rowOf(item({ answer: done, checks: [failed] }), now, say)
    expect([row.contradicted, row.icon]).toEqual([true, 'warning-o'])
    expect(row.status).toContain('不让微信嵌入、没有发 onIframeReady')
  })
  it('whose check ran and does not know says why; one that never ran, that nobody touched it', () => {
    const late = check({ result: 'unknown', code: 'TOOK_TOO_LONG', values: {} })
    expect(rowOf(item({ checks: [late] }), now, say).status).toBe('10 秒没打开，再查一次')
    expect(rowOf(item({ answer: { ...done, answer: 'open' }, checks: [late] }), now, say).status).toContain('运营 02')
    expect(rowOf(item({ checks: [{ ...late, code: 'NOT_RUN', checked_at: null }] }), now, say).status).toBe('还没有人记录')
  })
  it('that a machine alone found to be done says what it found', () => {
    expect(rowOf(item({ state: 'done', checks: [check({})] }), now, say).status).toBe('h5.example.com 打得开，没发现问题')
  })
})

it('an item says where it is done, who may, and how and when it was checked', () => {
  const view = itemView(
    item({ item: 'api_keys', checks: [check({ check: 'keys', code: 'BOTH_KEYS', values: {} })] }),
    { position: 3, total: 14 },
    now,
    say,
  )
  expect([view.position, view.checks[0]!.how]).toEqual([
    '第 3 项，共 14 项',
    '用这个商户号的密钥查一笔不存在的订单，应答应是 ORDER_NOT_EXIST · 今天 10:00 查的',
  ])
  expect(view.path).toContain('API安全')
})

it('a check that never ran says so', () => {
  const view = itemView(
    item({ checks: [check({ result: 'unknown', code: 'NOT_RUN', values: {}, checked_at: null })] }),
    { position: 5, total: 14 },
    now,
    say,
  )
  expect(view.checks[0]!.how).toContain('还没查过')
})

it('since when 默认开通 is on is said as a time', () => {
  expect(findingOf(check({ check: 'default_open', code: 'IS_ON', values: { since: '2026-11-01T09:30:00+08:00' } }), now, say)).toBe(
    '已记：11月1日 09:30 起打开',
  )
})

it.each([
  [0, 14, { right: 0, left: 0 }],
  [7, 14, { right: 180, left: 0 }],
  [9, 14, { right: 180, left: 51 }],
  [14, 14, { right: 180, left: 180 }],
  [0, 0, { right: 0, left: 0 }],
])('a ring of %d of %d turns its halves by %j', (part, total, halves) => {
  expect(ringOf(part, total)).toEqual(halves)
})
