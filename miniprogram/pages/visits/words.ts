// The words of this page, in 简体中文 and in English.
import { addWords } from '../../words/index'
import { wordsIn, type KeyOf } from '../../words/table'

const WORDS = {
  page: {
    visits: ['拜访', 'Visits'],
  },
  visits: {
    head: ['需要到店的店', 'Shops to visit'],
    sentence: [
      '状态还没核实、已回退或证据较旧的店，到店看一眼最快。',
      'Not checked yet, regressed, or with old evidence: a look on site is fastest.',
    ],
    unknown: ['待核实', 'To check'],
    regressed: ['已回退', 'Regressed'],
    stale: ['证据较旧', 'Old evidence'],
    check_failed: ['验证没通过', 'Check failed'],
    none: ['没有需要到店的店', 'No shop to visit'],
    none_sentence: ['你的范围里，没有这一类要去看的。', 'No shop in your area needs this kind of visit.'],
    today: ['今天', 'Today'],
    drafts: ['草稿', 'Drafts'],
    submitted: ['已提交', 'Submitted'],
    returned: ['退回', 'Returned'],
    team: ['团队', 'Team'],
    segment_count: ['{name} {count}', '{name} {count}'],
    no_address: ['没有地址', 'No address'],
    left: ['还有 {count} 家要去', '{count} left to visit'],
    all_done: ['都去过了', 'All done'],
    done_today: ['今天已去', 'Visited today'],
    done_unsent: ['今天已去 · 待同步', 'Visited today, not sent yet'],
    others: ['其余 {count} 家不需要到店', '{count|other shop|other shops}, no visit needed'],
    from_pack: ['离线 · {time} 的离线包', 'Offline · pack of {time}'],
    from_seen: ['离线 · {time} 看到的', 'Offline · as seen {time}'],
    begun: ['在这台手机里', 'On this phone'],
    new: ['去一家店', 'Go to a shop'],
    new_note: ['找到商户，开始到店检查', 'Find the merchant and start a visit'],
    all_shops: ['看负责范围里的', 'See my whole area'],
    my_shops: ['看我负责的', 'See my shops'],
    none_assigned: ['还没有分配给你的商户', 'No shops are assigned to you'],
    none_assigned_sentence: ['可以看负责范围里需要到店的店。', 'You can look at the shops of your area that need a visit.'],
    nothing_today: ['今天没有要去的店', 'Nowhere to go today'],
    nothing_today_sentence: ['分配给你的 {count} 家都不需要到店。', 'None of your {count|shop|shops} needs a visit.'],
    no_drafts: ['没有草稿', 'No drafts'],
    no_drafts_sentence: [
      '打开一家商户，开始到店检查；填到一半离开，会留在这里。',
      'Open a shop and start the checklist; if you leave halfway, it stays here.',
    ],
    no_submitted: ['还没有提交过拜访', 'No visits submitted yet'],
    no_submitted_sentence: ['提交的拜访和审核结果会出现在这里。', 'Visits you submit appear here, with their review.'],
    no_returned: ['没有退回的拜访', 'No returned visits'],
    no_returned_sentence: ['主管退回的会出现在这里，改好后再提交。', 'Visits a lead returns appear here. Correct them and submit again.'],
    no_team: ['没有等你审核的拜访', 'No visits for you to review'],
    no_team_sentence: ['同事提交后会出现在这里。', 'What colleagues submit appears here.'],
    no_waiting: ['没有等审核的拜访', 'No visits waiting for review'],
    no_waiting_sentence: ['同事提交后、主管审核前的会出现在这里。', 'What colleagues submit appears here until a lead has reviewed it.'],
    no_team_accepted: ['还没有通过的拜访', 'No accepted visits yet'],
    no_team_accepted_sentence: ['审核通过的会留在这里，可以随时查看。', 'Accepted visits stay here for you to read.'],
    no_team_returned: ['没有退回给同事的拜访', 'No visits returned to colleagues'],
    no_team_returned_sentence: ['退回后还没有改好再提交的会出现在这里。', 'Returned visits appear here until they are submitted again.'],
    tail: ['尾号 {tail}', 'Ends in {tail}'],
    status_submitted: ['待审核', 'To be reviewed'],
    status_accepted: ['已通过', 'Accepted'],
    status_returned: ['已退回', 'Returned'],
    progress: ['已填 {answered}/{asked}', '{answered}/{asked} answered'],
    edited: ['{time} 改过', 'Changed {time}'],
    waiting: ['待同步', 'To be sent'],
    not_accepted: ['没通过', 'Not accepted'],
    returned_because: ['退回原因：{comment}', 'Returned: {comment}'],
    draft_deleted: ['已删除草稿 · {name}', 'Draft deleted · {name}'],
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
