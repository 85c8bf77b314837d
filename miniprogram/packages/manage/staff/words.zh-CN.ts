// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.staff': '员工',

  'staff.field': '名称或员工编号',
  'staff.new': '新员工',
  'staff.region': '按地区',
  'staff.clear': '看全部',
  'staff.count': '{count} 人',
  'staff.name': '名称',
  'staff.role': '角色',
  'staff.regions': '地区',
  'staff.state': '状态',
  'staff.shops': '负责商户',
  'staff.work': '要处理',
  'staff.last': '最近登录',
  'staff.regions_more': '{named}等 {count} 个地区',
  'staff.seen': '{time}登录',
  'staff.never': '还没登录过',
  'staff.stale': '证据较旧 {count} 家',
  'staff.submitted': '拜访待审核 {count}',
  'staff.returned': '拜访被退回 {count}',
  'staff.none': '还没有员工',
  'staff.none_sentence': '点「新员工」，填好就能发邀请码。',
  'staff.none_filtered': '没有这样的员工',
  'staff.none_filtered_sentence': '换一个名称、角色、状态或地区再看。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
