// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.staff_person': '员工',

  'person.name': '名称',
  'person.role': '角色',
  'person.role_field_agent': '到店核实、开通和拜访',
  'person.role_region_lead': '管一个地区：审核、批准、分配商户',
  'person.role_operator': '总部：全部商户，核对平台，分配商户',
  'person.role_auditor': '什么都能看，什么都不能改',
  'person.role_admin': '员工和服务商设置，不操作商户',
  'person.own_role': '自己的角色要另一位管理员来改',
  'person.regions': '负责地区',
  'person.regions_needed': '至少选一个，否则看不到商户',
  'person.add_region': '加一个地区',
  'person.only_own': '只看自己负责的商户',
  'person.only_own_note': '关着时，能看到地区里的全部商户',
  'person.save': '保存',
  'person.saved': '已保存',
  'person.save_title': '保存「{name}」的改动',

  'person.invite': '邀请',
  'person.invite_make': '发邀请码',
  'person.invite_again': '重新发一个',
  'person.invite_rebind': '换微信',
  'person.invite_none': '还没有邀请码。发一个，转给他，他打开就能绑定。',
  'person.invite_until': '{time} 前有效，只能用一次。离开这一页就看不到了。',
  'person.invite_waits': '已发过邀请码，{time} 前有效。邀请码不能再看，只能重新发。',
  'person.invite_locked': '邀请码输错太多次，已作废。',
  'person.invite_bound': '已绑定微信。换了手机号或微信时，发一个新的邀请码；绑定新微信后，旧微信退出。',
  'person.share': '发给同事',
  'person.share_title': '点金助手邀请你绑定员工账号',
  'person.copy': '复制邀请码',

  'person.workload': '工作量',
  'person.shops': '负责商户',
  'person.shops_value': '{count} 家',
  'person.visits_value': '{count} 次',
  'person.stale': '其中证据较旧',
  'person.submitted': '拜访待审核',
  'person.returned': '拜访被退回',
  'person.seen': '最近登录',
  'person.never': '还没登录过',

  'person.disable': '停用',
  'person.disabled': '已停用',
  'person.disable_title': '停用「{name}」',
  'person.disable_out': '马上退出登录，不能再使用。做过的记录都留着。',
  'person.disable_no_shops': '没有由他负责的商户。',
  'person.enable': '启用',
  'person.enabled': '已启用',
  'person.refused_LAST_ADMIN': '这是最后一位管理员',
  'person.refused_OWN_ROLE': '不能改自己的角色',
  'person.refused_PERSON_DISABLED': '这位员工已停用',
  'person.refused_SHOPS_LEFT': '还有商户由他负责',
  'person.who_takes': '谁来接手',
  'person.who_takes_sentence': '有 {count} 家商户要换负责人，和这次改动一起完成。',
  'person.takes': '{count} 家商户交给 {name}。',
  'person.nobody_takes': '{count} 家商户变成没人负责。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
