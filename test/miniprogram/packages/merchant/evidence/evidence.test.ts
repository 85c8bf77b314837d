import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Evidence } from '../../../../../typings/api.ts'
import { evidenceRow } from '../../../../../miniprogram/packages/merchant/components/evidence-item/view.ts'
import { evidenceLine } from '../../../../../miniprogram/packages/merchant/rules/evidence-line.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'
import { startWorld, type World } from '../../../support/world.ts'

let world: World
beforeEach(async () => {
  world = await startWorld()
  await world.session.login()
})
afterEach(() => world.stop())

const item = (id: string, over: Partial<Evidence> = {}): Evidence =>
  ({
    id,
    sub_mchid: '1900000109',
    occurred_at: '2026-11-20T14:05:00+08:00',
    recorded_at: '2026-11-20T14:06:00+08:00',
    recorded_by: { id: 'staff-03', display_name: '业务员 03' },
    source: 'app',
    withdrawn: null,
    can_withdraw: false,
    kind: 'test_payment',
    detail: {
      entry: 'table_sticker',
      web_page_opened: true,
      payee_matches: 'yes',
      after_page: 'official_receipt',
      photo_ids: ['p1', 'p2'],
    },
    ...over,
  }) as Evidence
const list = /^\/v1\/sub-merchants\/1900000109\/evidence$/

describe('timeline', () => {
  it('given an operation that was refused, its picture is not the tick of one that was done', () => {
    const iconOf = (result: 'succeeded' | 'failed') => {
      const detail = { operation: 'gold_plan.open', scene: 'jsapi', result, code: 'SUB_MERCHANT_PUNISHED' }
      const operation = item('e', { kind: 'api_operation', detail } as Partial<Evidence>)
      return evidenceRow(evidenceLine(operation, Date.parse('2026-11-23T14:00:00+08:00'), translator('zh-CN'))).icon
    }
    expect([iconOf('succeeded'), iconOf('failed')]).toEqual(['passed', 'fail'])
  })

  it('says what was written beside it, why it was done, and offers its photos', () => {
    const line = (over: object) =>
      evidenceRow(evidenceLine(item('e', over as Partial<Evidence>), Date.parse('2026-11-23T14:00:00+08:00'), translator('zh-CN')))
    const closing = { operation: 'receipt.close', result: 'succeeded', reason: '商户不想要' }
    expect(line({ kind: 'api_operation', detail: closing })).toMatchObject({ note: '原因：商户不想要' })
    expect(line({ kind: 'unblock', detail: { note: '处罚已解除' } })).toMatchObject({ note: '备注：处罚已解除' })
    expect(line({ kind: 'portal_check', detail: { gold_plan_jsapi: 'open', note: '和财务核对过' } })).toMatchObject({
      note: '备注：和财务核对过',
    })
    const seen = { gold_plan_jsapi: 'unknown', receipt: 'closed', advertising: 'open', ad_filter: [], default_open: true, note: '代查' }
    expect(line({ kind: 'portal_check', detail: seen })).toMatchObject({
      title: '查看服务商平台',
      note: '看到：商家小票已关，广告已开，同业过滤标签 0 个，默认开通已设 · 备注：代查',
    })
    expect(line({ kind: 'portal_check', detail: { receipt: 'unknown' } }).note).toBeUndefined()
    expect(line({})).toMatchObject({ photos: { label: '2 张照片', ids: ['p1', 'p2'] } })
    expect(Object.keys(line({ kind: 'receipt_beacon', detail: {} }))).toEqual(['icon', 'title', 'facts'])
  })

  it('reads page after page and tells each item in words', async () => {
    world.server.on('GET', list, ({ query }) => ({
      body: query.get('cursor')
        ? {
            items: [
              item('e2', {
                kind: 'api_operation',
                source: 'backend',
                recorded_by: null,
                detail: { operation: 'gold_plan.open', result: 'failed', code: 'RELATION_INVALID' },
              } as Partial<Evidence>),
            ],
            next_cursor: null,
          }
        : { items: [item('e1')], next_cursor: 'c1' },
    }))
    await world.evidence.load('1900000109')
    await world.evidence.loadMore()
    expect(world.evidence.rows).toEqual([
      expect.objectContaining({
        id: 'e1',
        title: '验证支付看到官方小票页',
        relative: '2 天前',
        absolute: '11月20日 14:05',
        source: '现场',
        by: '业务员 03 记录',
        photo_count: 2,
        withdrawn_text: null,
      }),
      expect.objectContaining({ id: 'e2', title: '开通点金计划没有成功：不是本服务商的特约商户', source: '系统', by: '系统记录' }),
    ])
    expect(world.evidence.more).toBe('end')
  })

  it('keeps a withdrawn item with its reason', async () => {
    const withdrawn = { by: { id: 'staff-02', display_name: '主管 02' }, at: '2026-11-21T09:00:00+08:00', reason: '付错店了' }
    world.server.on('GET', list, () => ({ body: { items: [item('e1', { withdrawn })], next_cursor: null } }))
    await world.evidence.load('1900000109')
    expect(world.evidence.rows[0]).toMatchObject({ withdrawn: true, withdrawn_text: '已撤回：付错店了（主管 02 11月21日 09:00）' })
  })

  it('forgets the last merchant when its page is left', async () => {
    world.server.on('GET', list, () => ({ body: { items: [item('e1')], next_cursor: null } }))
    await world.evidence.load('1900000109')
    world.evidence.leave()
    expect([world.evidence.status, world.evidence.rows]).toEqual(['idle', []])
  })
})
