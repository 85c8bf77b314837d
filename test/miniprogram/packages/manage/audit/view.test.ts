import { describe, expect, it } from '@jest/globals'
import { ProviderSettingsRequest } from '../../../../../backend/company/provider-settings/schema.ts'
import { directoryFields } from '../../../../../backend/directory/imports/merchant-columns.ts'
import type { AuditEntry } from '../../../../../typings/api.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'
import { actionLabel } from '../../../../../miniprogram/packages/manage/audit/actions.ts'
import { changesOf } from '../../../../../miniprogram/packages/manage/audit/changes.ts'
import { auditRow } from '../../../../../miniprogram/packages/manage/audit/view.ts'
import '../../../../../miniprogram/packages/manage/audit/words.ts'

const now = Date.parse('2026-11-23T14:05:00+08:00')
const reader = { say: translator('zh-CN'), language: 'zh-CN' as const, now }
const entry = (given: Partial<AuditEntry> = {}): AuditEntry => ({
  id: 'e',
  at: '2026-11-23T10:00:00+08:00',
  actor: { id: 'staff-03', display_name: '业务员 03', role: 'field_agent' },
  action: 'receipt.open',
  target: { type: 'sub_merchant', id: '1900000109', name: '科技面馆' },
  before: { receipt: 'closed', status: 'pending' },
  after: { receipt: 'open', status: 'succeeded', key: 'k', attempts: 1 },
  reason: null,
  request_id: 'request-1',
  client: '0.1.0',
  ...given,
})
const changes = (before: object | null, after: object | null, action = 'receipt.open') =>
  changesOf({ action, before: before as AuditEntry['before'], after: after as AuditEntry['after'] }, reader).map(
    ({ name, text }) => `${name} ${text}`,
  )

describe('an entry', () => {
  it('says who, when, what of which shop, from what to what, and by which request', () => {
    expect(auditRow(entry(), reader)).toEqual({
      id: 'e',
      title: '开通商家小票',
      when: '今天 10:00',
      changes: [
        { id: 'receipt', name: '商家小票', text: '关 → 开' },
        { id: 'status', name: '状态', text: '等结果 → 成功' },
      ],
      who: '业务员 03（业务员）',
      actor: 'staff-03',
      actor_name: '业务员 03',
      target: '科技面馆 · 尾号 0109',
      sub_mchid: '1900000109',
      reason: '',
      request_id: 'request-1',
    })
  })
  it.each([
    [null, '系统', 'system'],
    [{ id: 'import', display_name: null, role: null }, '导入', 'import'],
    [{ id: 'command', display_name: null, role: null }, '服务器命令', 'command'],
    [{ id: 'gone', display_name: null, role: null }, 'gone', 'gone'],
  ] as const)('of %j names %s', (actor, name, filter) => {
    const row = auditRow(entry({ actor }), reader)
    expect([row.who, row.actor_name, row.actor]).toEqual([name, name, filter])
  })
  it('of no shop names what it is about, and has no shop to open', () => {
    const row = auditRow(entry({ target: { type: 'staff', id: 'staff-03', name: '业务员 03' } }), reader)
    expect([row.target, row.sub_mchid]).toEqual(['业务员 03', ''])
  })
  it('says of a visit when somebody arrived, and of an import when it began', () => {
    const after = { started_at: '2026-11-23T10:00:00+08:00' }
    expect([changes(null, after, 'visit.submit'), changes(null, after, 'import.finished')]).toEqual([
      ['到店时间 11月23日 10:00'],
      ['导入开始 11月23日 10:00'],
    ])
  })
  it('whose action this version does not know keeps the name that the server gives', () => {
    expect(actionLabel('future.thing', reader.say)).toBe('future.thing')
    expect(actionLabel('future.write', reader.say)).toBe('future.write')
  })
  it.each(['receipt_beacon', 'order_query', 'unblock'])(
    'of %s that was recorded has a name, also where it is no choice of the filter',
    kind => {
      const said = actionLabel(`${kind}.write`, reader.say)
      expect(said).not.toContain('.')
    },
  )
})

describe('what changed', () => {
  it.each([
    [{ state: 'enrolled' }, { state: 'verified' }, ['结论 已开通·待验证 → 已迁移']],
    [{ attention: [] }, { attention: ['STALE', 'RECEIPT_ERROR'] }, ['提醒 无 → 证据较旧、小票出错']],
    [{ assigned_to: null }, { assigned_to: 'staff-03' }, ['负责人 无 → staff-03']],
    [{ receipt_link_configured: false }, { receipt_link_configured: true }, ['商家小票链接 否 → 是']],
    [{ default_open_since: null }, { default_open_since: '2026-11-20T14:05:00+08:00' }, ['默认开通 无 → 11月20日 14:05']],
    [{ receipt_links: [] }, { receipt_links: [{ host: 'h5.example.com', path: '/r', note: '' }] }, ['小票链接 无 → h5.example.com/r']],
    [null, { item: 'contact', answer: 'done', note: 'open' }, ['项目 登记业务联络人', '结果 已完成', '说明 open']],
    [{ keys: 'failed' }, { keys: 'passed' }, ['密钥 没成功 → 通过']],
    [null, { watch: { enabled: true, days: 7, min_payments: 20 } }, ['小票不再加载时提醒 7 天，20 笔']],
    [null, { name: 'open' }, ['名称 open']],
    [{ status: 'active', store_count: 1 }, { status: 'suspended', store_count: 1_234 }, ['状态 在用 → 暂停', '门店数 1 → 1,234']],
    [
      { industry: null, receipt_link: 'provider' },
      { industry: 'CATERING', receipt_link: 'sub_merchant' },
      ['行业 无 → 餐饮美食', '小票链接由谁配置 服务商 → 特约商户'],
    ],
    [null, { kind: 'merchants', format: 'csv', rows: 1_484_000 }, ['是什么 商户', '格式 csv', '行数 1,484,000']],
    [{ answers: { A1: true } }, { answers: { A1: false } }, ['检查表答案 已更改']],
    [{ status: 'submitted' }, { status: 'submitted' }, ['状态 待审核']],
    [{ expires_at: '2026-11-23T14:05:00+08:00' }, null, ['有效期 11月23日 14:05 → 无']],
    [null, { key: 'k', evidence_id: 'e' }, []],
    [null, { receipt: 'open', wx_message: null }, ['商家小票 开']],
    [null, null, []],
  ])('%j to %j reads %j', (before, after, expected) => {
    expect(changes(before, after)).toEqual(expected)
  })
  it.each([...directoryFields, ...Object.keys(ProviderSettingsRequest.properties)])('%s has a name, whoever changed it', field => {
    expect(changes({ [field]: 'one' }, { [field]: 'other' })).toEqual([expect.stringMatching(/^[^ ]+ one → other$/)])
  })
})
