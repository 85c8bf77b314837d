// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.exports': '导出',
  'exports.title': '{what} · {format}',
  'exports.merchants': '商户清单',
  'exports.audit': '变更记录',
  'exports.xlsx': 'Excel',
  'exports.csv': 'CSV',
  'exports.new': '导出哪些',
  'exports.new_note': '只含你看得到的商户。做好后在这里取，文件留 24 小时。',
  'exports.of_list': '按「商户」页现在的条件。',
  'exports.searched': '搜「{text}」',
  'exports.everything': '全部商户',
  'exports.make_xlsx': '导出 Excel',
  'exports.make_csv': '导出 CSV',
  'exports.rows': '{rows} 行',
  'exports.rows_of': '{rows}/{of} 行',
  'exports.status_queued': '排队中',
  'exports.status_running': '正在做',
  'exports.status_ready': '做好了',
  'exports.status_stopped': '停了',
  'exports.status_cancelled': '已取消',
  'exports.status_expired': '已删除',
  'exports.kept_until': '留到 {time}',
  'exports.expired_note': '文件只留 24 小时，需要的话再导出一次。',
  'exports.STAFF_DISABLED': '账号停用了，所以没有做完。',
  'exports.ACTION_FORBIDDEN': '你的角色不能再导出，请联系管理员。',
  'exports.SCOPE_CHANGED': '你的角色或负责范围变了，里面可能有你不再能看的商户。请重新导出。',
  'exports.TOO_MANY_ROWS': 'Excel 一张表放不下这么多行，请导出 CSV，或加条件再导出。',
  'exports.fetch': '取文件',
  'exports.fetching': '正在取',
  'exports.share': '发到聊天',
  'exports.save': '存到电脑',
  'exports.cancel': '取消',
  'exports.gone': '链接或文件已失效，请再取一次或重新导出。',
  'exports.failed': '没有成功，检查网络后再试。',
  'exports.done': '已完成',
  'exports.none': '还没有导出过',
  'exports.none_sentence': '做好的文件会在这里。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
