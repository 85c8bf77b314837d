// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    exports: ['导出', 'Exports'],
  },
  exports: {
    title: ['{what} · {format}', '{what} · {format}'],
    merchants: ['商户清单', 'Merchants'],
    audit: ['变更记录', 'Changes'],
    rollout: ['批量任务明细', 'Merchants of a rollout'],
    rollout_note: [
      '每家商户一行：结果、原因、时间，只含你看得到的。做好后在这里取，文件留 24 小时。',
      'A row for each merchant that you see: what became of it, why, when. Fetch it here when it is made; it is kept for 24 hours.',
    ],
    xlsx: ['Excel', 'Excel'],
    csv: ['CSV', 'CSV'],
    new: ['导出哪些', 'What to export'],
    new_note: [
      '只含你看得到的商户。做好后在这里取，文件留 24 小时。',
      'Only merchants that you see. Fetch it here when it is made; it is kept for 24 hours.',
    ],
    of_list: ['按「商户」页现在的条件。', 'With the filters that Merchants has now.'],
    searched: ['搜「{text}」', 'Search “{text}”'],
    everything: ['全部商户', 'All merchants'],
    make_xlsx: ['导出 Excel', 'Export Excel'],
    make_csv: ['导出 CSV', 'Export CSV'],
    rows: ['{rows} 行', '{rows} rows'],
    rows_of: ['{rows}/{of} 行', '{rows}/{of} rows'],
    status_queued: ['排队中', 'Waiting'],
    status_running: ['正在做', 'Being made'],
    status_ready: ['做好了', 'Ready'],
    status_stopped: ['停了', 'Stopped'],
    status_cancelled: ['已取消', 'Cancelled'],
    status_expired: ['已删除', 'Deleted'],
    sheets: ['分在 {count} 个工作表', 'On {count} sheets'],
    kept_until: ['留到 {time}', 'Kept until {time}'],
    expired_note: ['文件只留 24 小时，需要的话再导出一次。', 'Files are kept for 24 hours. Export again if needed.'],
    STAFF_DISABLED: ['账号停用了，所以没有做完。', 'The account was disabled, so it was not finished.'],
    ACTION_FORBIDDEN: ['你的角色不能再导出，请联系管理员。', 'Your role may no longer export: ask an administrator.'],
    SCOPE_CHANGED: [
      '你的角色或负责范围变了，里面可能有你不再能看的商户。请重新导出。',
      'Your role or area changed, and it may hold merchants that you no longer see. Export again.',
    ],
    TOO_MANY_ROWS: [
      '超过 Excel 文件最大的 4 GB，请导出 CSV，或加条件再导出。',
      'More than the 4 GB of an Excel file: export CSV, or narrow the list first.',
    ],
    fetch: ['取文件', 'Fetch file'],
    fetching: ['正在取', 'Fetching'],
    share: ['发到聊天', 'Send to a chat'],
    save: ['存到电脑', 'Save to computer'],
    cancel: ['取消', 'Cancel'],
    gone: ['链接或文件已失效，请再取一次或重新导出。', 'The link or file has expired: fetch again, or export again.'],
    failed: ['没有成功，检查网络后再试。', 'That did not work: check the network and try again.'],
    done: ['已完成', 'Done'],
    none: ['还没有导出过', 'Nothing exported yet'],
    none_sentence: ['做好的文件会在这里。', 'Files appear here when they are made.'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
