// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.ad_filter': '同业过滤',

  'ad_filter.chosen': '已选',
  'ad_filter.why': '选中的行业不会在这家店的支付完成页投广告，最多 3 个。',
  'ad_filter.field': '找行业，例如餐饮',
  'ad_filter.full': '最多 3 个，先去掉一个再选',
  'ad_filter.no_match': '没有这个行业',
  'ad_filter.no_match_sentence': '标签只有微信支付列出的 36 个，换个词找找。',
  'ad_filter.overwrites': '保存后，新标签整个替换旧标签',
  'ad_filter.before': '现在',
  'ad_filter.after': '保存后',
  'ad_filter.clear_title': '不能在这里清空',
  'ad_filter.clear_text': '微信支付至少要 1 个标签。要全部清除，请到商户平台：服务商功能 > 点金计划 > 特约商户管理 > 同业过滤标签。',
  'ad_filter.save': '保存',
  'ad_filter.save_none': '至少选 1 个',
  'ad_filter.save_wait': '正在处理',
  'ad_filter.save_unchanged': '没有改动',
  'ad_filter.plan_title': '点金计划还没开通',
  'ad_filter.plan_text': '广告只出现在官方页面上，所以过滤标签要在开通点金计划之后设置。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
