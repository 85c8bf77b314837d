// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    staff: ['员工', 'Staff'],
  },
  staff: {
    field: ['名称或员工编号', 'Name or staff number'],
    new: ['新员工', 'New person'],
    region: ['按地区', 'By region'],
    clear: ['看全部', 'Show all'],
    count: ['{count} 人', 'People: {count}'],
    name: ['名称', 'Name'],
    role: ['角色', 'Role'],
    regions: ['地区', 'Regions'],
    state: ['状态', 'State'],
    shops: ['负责商户', 'Merchants'],
    work: ['要处理', 'To deal with'],
    last: ['最近登录', 'Last login'],
    regions_more: ['{named}等 {count} 个地区', '{named} and more, {count} regions'],
    seen: ['{time}登录', 'Logged in {time}'],
    never: ['还没登录过', 'Never logged in'],
    stale: ['证据较旧 {count} 家', 'Old evidence: {count}'],
    submitted: ['拜访待审核 {count}', 'Visits to review: {count}'],
    returned: ['拜访被退回 {count}', 'Visits returned: {count}'],
    none: ['还没有员工', 'No staff yet'],
    none_sentence: ['点「新员工」，填好就能发邀请码。', 'Tap “New person”, fill it in, and send an invite.'],
    none_filtered: ['没有这样的员工', 'Nobody matches'],
    none_filtered_sentence: ['换一个名称、角色、状态或地区再看。', 'Try another name, role, state or region.'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
