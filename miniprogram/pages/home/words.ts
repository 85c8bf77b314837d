// The words of this page, in 简体中文 and in English.
import { addWords } from '../../words/index'
import { wordsIn, type KeyOf } from '../../words/table'

const WORDS = {
  pack: {
    first_title: ['下载离线包', 'Download the offline pack'],
    first_sentence: [
      '没有网络的地方，也能按商户号、店名和拼音找到你范围里的商户。',
      'Find the merchants of your area by number, name and pinyin where there is no network.',
    ],
  },
  home: {
    first: ['先处理这 {count} 件', 'Need attention: {count|shop|shops}'],
    recent: ['最近看过', 'Recently seen'],
    clear: ['清除', 'Clear'],
    field: ['商户号、店名或拼音首字母', 'Merchant ID, name or pinyin'],
    today: ['{month}月{day}日 {weekday}', '{weekday}, {day}/{month}'],
    weekday_0: ['周日', 'Sun'],
    weekday_1: ['周一', 'Mon'],
    weekday_2: ['周二', 'Tue'],
    weekday_3: ['周三', 'Wed'],
    weekday_4: ['周四', 'Thu'],
    weekday_5: ['周五', 'Fri'],
    weekday_6: ['周六', 'Sat'],
    drafts: ['草稿', 'Drafts'],
    audit: ['变更记录', 'Changes'],
    staff: ['员工', 'Staff'],
    lists: ['平台名单', 'Console list'],
    dashboard: ['看板', 'Dashboard'],
    gain: ['12 周多迁移 {count} 家', '{count} more migrated in 12 weeks'],
    desk: ['管理', 'Manage'],
    desk_note: ['审批、记录和服务商的设置', 'Requests, records, and settings of the provider'],
    readiness: ['报名及配置，下一步：{step}', 'Setting up, next: {step}'],
    // in the order of the items (backend/readiness/schema.ts)
    ready_steps: [
      '申请开通|联络人|密钥|默认开通|小票链接|校验文件|调试人员|回调地址|服务器域名|订阅消息|隐私指引|AppID|员工|商户目录',
      'Apply|Contact|Keys|Opening by default|Receipt link|Verification file|Debuggers|Callback|Server domains|Messages|Privacy guideline|Appids|Staff|Merchants',
    ],
    to_review: ['等你审核的拜访', 'Visits for you to review'],
    to_decide: ['待你批准的关闭申请', 'Closings to approve'],
    unlisted: ['未登记商户', 'Not in the directory'],
    plan: ['计划到店', 'Planned visits'],
    notices: ['没看过的提醒', 'Unread notices'],
    rollout_running: ['批量任务「{name}」进行中', 'Rollout {name} runs'],
    rollout_waiting: ['批量任务「{name}」等你看过', 'Rollout {name} waits for a look'],
    rollout_stopped: ['批量任务「{name}」自己停了', 'Rollout {name} stopped by itself'],
    unsent: ['待同步', 'To be sent'],
    first_regressed: ['已回退', 'Regressed'],
    first_receipt_error: ['小票出错', 'Receipt error'],
    first_unresolved: ['待人工确认', 'Confirm by hand'],
    first_returned: ['拜访被退回', 'Visit returned'],
    seen_regressed: ['{time} 付完看到{page}', '{time}, after paying: {page}'],
    seen_no_page: ['{time} 付完看不到官方页面', '{time}, no official page after paying'],
    seen_receipt_error: ['{time} 付完看到小票错误页', '{time}, receipt error page after paying'],
    seen_unresolved: ['{time} {operation}，没等到微信支付的结果', '{time}, {operation}: no result from WeChat Pay'],
    seen_returned: ['{time} {by} 退回：{comment}', '{time}, returned by {by}: {comment}'],
    next: ['下一步：{step}', 'Next step: {step}'],
    next_returned: ['改好后再提交', 'Correct it and submit again'],
    next_unresolved: ['到服务商平台核对，记下结果', 'Check the console and record the result'],
    next_unresolved_wait: ['等运营到服务商平台核对', 'Operations checks the console'],
    next_suspected: ['到店再验证一次', 'Verify it in the shop'],
    next_wait: ['等业务员或主管处理', 'A field agent or lead handles it'],
    mine_total: ['我负责的 {count} 家', 'My {count|merchant|merchants}'],
    all_total: ['负责范围 {count} 家', '{count|merchant|merchants} in my area'],
    see_all: ['看全部', 'See all'],
    see_mine: ['只看我负责的', 'Mine only'],
    updated: ['{time} 更新', 'As of {time}'],
    none_first: ['没有要先处理的', 'Nothing to handle first'],
    none_mine: ['还没有分配给你的商户', 'No merchants are assigned to you yet'],
    none_mine_sentence: [
      '可以看负责范围里的全部商户，或扫店里的收款码。',
      'See all merchants in your area, or scan a payment code in a shop.',
    ],
    none_at_all: ['负责范围里还没有商户', 'No merchants in your area yet'],
    none_at_all_sentence: ['商户由运营导入，之后会出现在这里。', 'Merchants appear here once operations has imported them.'],
    open_count: ['{label} {count} 家，打开名单', '{label}, {count|merchant|merchants}, opens the list'],
  },
} as const

/** @public read by scripts/checks/dictionaries.ts, as en is */
export const zhCN = wordsIn(WORDS, 0)
/** @public */
export const en = wordsIn(WORDS, 1)
addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<KeyOf<typeof WORDS>, string> {}
}
