// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.rebate': '返佣',

  'rebate.none': '还没有导入返佣',
  'rebate.none_sentence': '在服务器上运行 npm run import -- rebate.csv。这里只显示文件里的数字，不估算。',
  'rebate.choose': '选一个月份看明细',
  'rebate.stale': '没有更新',
  'rebate.stale_text': '没连上服务器，下面是 {time} 读到的。',
  'rebate.how': '都是导入文件里的数字，没有一个是估算的。金额按 eCPM ÷ 1000 × 曝光量核对，四舍五入差得出来的不算对不上。',
  'rebate.title': '{month} 返佣',
  'rebate.yuan': '{yuan} 元',
  'rebate.stated': '服务商合计行',
  'rebate.added_up': '各商户行相加',
  'rebate.merchants': '{count} 家商户',
  'rebate.rows': '{count} 行，曝光 {impressions} 次',
  'rebate.figure': '曝光 {impressions} 次，eCPM {ecpm} 元',
  'rebate.differing': '{count} 行对不上',
  'rebate.contradicted': '{count} 行和之前的文件不一样',
  'rebate.uneven': '合计行和各行相加不等',
  'rebate.uneven_by': '合计行和各商户行相加差 {yuan} 元',
  'rebate.more_than': '比 eCPM ÷ 1000 × 曝光量多 {yuan} 元',
  'rebate.less': '比 eCPM ÷ 1000 × 曝光量少 {yuan} 元',
  'rebate.file': '{file}，{time} 导入',
  'rebate.earlier_file': '{file}，{time} 导入，{replaced} 被替换',
  'rebate.earlier': '之前的文件',
  'rebate.own': '服务商合计行',
  'rebate.unlisted': '不在商户目录里',
  'rebate.gone': '现在的文件里没有这一行',
  'rebate.is_new': '之前的文件里没有这一行',
  'rebate.said': '{file}（{time} 导入）写的是 {yuan} 元，{figure}',
  'rebate.separator': '；',
  'rebate.only': '看哪些',
  'rebate.all': '全部',
  'rebate.marked': '对不上的',
  'rebate.nothing_marked': '没有对不上的',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
