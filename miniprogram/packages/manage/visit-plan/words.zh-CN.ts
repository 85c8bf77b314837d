// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.visit_plan': '到店计划',

  'visit_plan.title': '已迁移的店 {percent}% 证据还新，目标 {aim}%',
  'visit_plan.enough': '证据都够新，不用专门到店',
  'visit_plan.not_made': '今晚会排出第一份计划',
  'visit_plan.fresh': '{verified} 家已迁移，{fresh} 家证据还新',
  'visit_plan.needed': '全公司至少还要去 {count} 家',
  'visit_plan.nobody': '全公司有 {count} 家证据已旧，但那里没有人能去：在「员工」里加人或地区。',
  'visit_plan.why': '每晚按地区重新排：证据旧了的才去，每人每天的家数在「服务商设置」里改。下发后，业务员在工作台看到。',
  'visit_plan.why_mine': '主管安排你去看看：这些店的证据旧了，到店做一次验证支付就好。',
  'visit_plan.made': '{time} 排的',
  'visit_plan.what': '{count} 家 · {places}',
  'visit_plan.more_places': '{named}等 {count} 个地区',
  'visit_plan.and': '、',
  'visit_plan.draft': '未下发',
  'visit_plan.published': '已下发',
  'visit_plan.partly': '已下发 {published}/{stops}',
  'visit_plan.overdue': '{day}（已过）',
  'visit_plan.publish': '下发',
  'visit_plan.publish_all': '全部下发（{count} 家）',
  'visit_plan.done': '已下发',
  'visit_plan.choose': '选一个人看要去哪些店',
  'visit_plan.none': '没有要安排的到店',
  'visit_plan.none_sentence': '够新的店占比达到目标，或还没有已迁移的店。',
  'visit_plan.none_mine': '没有安排给你的店',
  'visit_plan.none_mine_sentence': '主管下发计划后，要去的店会在这里。',
  'visit_plan.offline': '没有网络',
  'visit_plan.offline_text': '可以看已加载的；下发需要联网。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
