// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    notices: ['提醒', 'Notices'],
  },
  notices: {
    none: ['还没有提醒', 'No notice yet'],
    none_sentence: [
      '关闭申请有了结果、你的商户回退或被处罚、批量任务做完或停下，会写在这里。',
      'What became of your requests to close, shops of yours that regressed or are penalised, and rollouts that are over or have stopped stand here.',
    ],
    unread: ['{count} 条没看过', '{count} unread'],
    unread_mark: ['没看过', 'Unread'],
    read_all: ['全部标为看过', 'Mark all as read'],
    not_read: ['没连上服务器，还没有标记', 'The server was not reached: nothing is marked yet'],
    wechat: ['也用微信告诉我', 'Tell me by WeChat, too'],
    wechat_note: ['微信规定：每同意一次，每种只能收到一条。', "WeChat's rule: each time you allow it, one message of each kind may come."],
    allow: ['同意一次', 'Allow once'],
    allowed: ['还能收到 {count} 条微信消息', '{count|message|messages} may still come'],
    allowed_none: ['现在不会收到微信消息', 'No message will come now'],
    rejected: ['关闭申请被拒绝', 'Request to close rejected'],
    executed: ['点金计划已按申请关闭', 'Gold Plan closed as requested'],
    failed: ['关闭申请没有关成', 'Request to close failed'],
    expired: ['关闭申请 72 小时没人处理，已过期', 'Nobody decided the request in 72 hours'],
    regressed: ['商户从官方页面退回去了', 'The shop has regressed'],
    punished: ['微信支付在处罚这家商户，开不了', 'WeChat Pay is penalising the shop: it cannot be opened'],
    completed: ['批量任务做完了', 'The rollout is over'],
    stopped: ['批量任务自己停了', 'The rollout stopped by itself'],
    waiting: ['批量任务做完一批，等你看过', 'A stage is done: the rollout waits for your review'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
