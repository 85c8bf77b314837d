import type { Role } from '../../backend/http/schema.ts'
// The provider of the demo data and the people who work for it: roles and numbers, no names.

export const provider = {
  sp_mchid: '1900000001',
  name: '示例服务商',
  stale_after_days: 90,
  receipt_link_configured: true,
} as const

/** As they stand on its console. */
export const receiptLinks = [
  { host: 'receipt.example.com', path: '/receipt', note: '所有门店' },
  { host: 'parking.example.com', path: '/receipt', note: '停车场' },
] as const

/** Subscription messages as they were chosen on the console of the mini program. */
export const messageTemplates = [
  { kind: 'closing', template_id: 'demo-template-closing-0001', keys: { subject: 'thing1', outcome: 'phrase2', at: 'time3' } },
  { kind: 'shop', template_id: 'demo-template-shop-0002', keys: { subject: 'thing4', outcome: 'phrase1', at: 'time2' } },
  { kind: 'rollout', template_id: 'demo-template-rollout-0003', keys: { subject: 'thing2', outcome: 'thing5', at: 'time6' } },
] as const

/** What orders are paid with; the sandbox has the first two. `endedAgo`: days since it was last used. */
export const appids = [
  { appid: 'wx0f1c1a1acc000001', kind: 'official_account', name: '示例公众号' },
  { appid: 'wx0a1b2c3d4e000002', kind: 'mini_program', name: '示例小程序' },
  { appid: 'wx2b7d4c9e1f000003', kind: 'official_account', name: '科技面馆公众号', sub_mchid: '1900000109' },
  { appid: 'wx3c8e5d0f2a000004', kind: 'mini_program', name: '科技面馆点餐', sub_mchid: '1900000109' },
  { appid: 'wx4d9f6e1a3b000005', kind: 'official_account', name: '示例旧公众号', endedAgo: 45 },
  { appid: 'wx5e0a7f2b4c000006', kind: 'app', name: '示例 App' },
  { appid: 'wx6f1b8a3c5d000007', kind: 'unregistered', name: null },
] as const

export interface DemoStaff {
  id: string
  display_name: string
  role: Role
  /** GB/T 2260 codes of whole regions; empty: everything */
  region_codes: readonly string[]
  /** who this is to WeChat; null: not bound yet */
  openid: string | null
  status: 'active' | 'invited' | 'disabled'
}

const member = (number: number, role: Role, display_name: string, region_codes: readonly string[]): DemoStaff => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  display_name,
  role,
  region_codes,
  openid: `openid-demo-${role}`,
  status: 'active',
})

/** Whoever logs in as 未绑定 on the phone page becomes 业务员 04 by the invite code. */
export const invited: DemoStaff = { ...member(6, 'field_agent', '业务员 04', ['440305']), openid: null, status: 'invited' }

export const staff: readonly DemoStaff[] = [
  member(1, 'field_agent', '业务员 03', ['440305']),
  member(2, 'region_lead', '区域主管 01', ['440300']),
  member(3, 'operator', '运营 02', []),
  member(4, 'auditor', '审计 01', []),
  member(5, 'admin', '管理员 01', []),
  invited,
  { ...member(7, 'field_agent', '业务员 02', ['440305']), openid: 'openid-demo-disabled', status: 'disabled' },
  // somebody who can take over what 业务员 03 has; nobody logs in as them
  { ...member(8, 'field_agent', '业务员 05', ['440300']), openid: 'openid-demo-colleague' },
]

/** Fixed, so that it can be printed again as long as nobody has used it. Worth nothing outside a demo database. */
export const inviteCode = 'DEMO2026'

/** The staff member who stands for a role in the histories. */
export const byRole = (role: Role): DemoStaff => staff.find(one => one.role === role && one.status === 'active')!
