// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    staff_person: ['员工', 'Person'],
  },
  person: {
    name: ['名称', 'Name'],
    role: ['角色', 'Role'],
    role_field_agent: ['到店核实、开通和拜访', 'Checks, opens and visits in the shop'],
    role_region_lead: ['管一个地区：审核、批准、分配商户', 'A region: reviews, approves, assigns merchants'],
    role_operator: ['总部：全部商户，核对平台，分配商户', 'Headquarters: all merchants, console checks, assigning'],
    role_auditor: ['什么都能看，什么都不能改', 'Sees everything, changes nothing'],
    role_admin: ['员工和服务商设置，不操作商户', 'Staff and provider settings, no merchant controls'],
    own_role: ['自己的角色要另一位管理员来改', 'Another administrator has to change your own role'],
    regions: ['负责地区', 'Regions'],
    regions_needed: ['至少选一个，否则看不到商户', 'Choose at least one, or no merchant is seen'],
    add_region: ['加一个地区', 'Add a region'],
    only_own: ['只看自己负责的商户', 'Only merchants assigned to them'],
    only_own_note: ['关着时，能看到地区里的全部商户', 'Off: they see every merchant of the region'],
    save: ['保存', 'Save'],
    saved: ['已保存', 'Saved'],
    save_title: ['保存「{name}」的改动', 'Save the changes of “{name}”'],
    invite: ['邀请', 'Invite'],
    invite_make: ['发邀请码', 'Make an invite code'],
    invite_again: ['重新发一个', 'Make a new one'],
    invite_rebind: ['换微信', 'Change WeChat'],
    invite_none: [
      '还没有邀请码。发一个，转给他，他打开就能绑定。',
      'No invite yet. Make one and pass it on: opening it is enough to bind.',
    ],
    invite_until: [
      '{time} 前有效，只能用一次。离开这一页就看不到了。',
      'Valid until {time}, for one use. It cannot be seen again after you leave this page.',
    ],
    invite_waits: [
      '已发过邀请码，{time} 前有效。邀请码不能再看，只能重新发。',
      'An invite was made, valid until {time}. The code cannot be seen again, only made anew.',
    ],
    invite_locked: ['邀请码输错太多次，已作废。', 'The code was entered wrongly too often and is void.'],
    invite_bound: [
      '已绑定微信。换了手机号或微信时，发一个新的邀请码；绑定新微信后，旧微信退出。',
      'WeChat is bound. For another phone or account, make a new code: once it is used, the old WeChat is out.',
    ],
    share: ['发给同事', 'Send it'],
    share_title: ['点金助手邀请你绑定员工账号', 'Bind your staff account in Gold Plan Companion'],
    copy: ['复制邀请码', 'Copy the code'],
    workload: ['工作量', 'Workload'],
    shops: ['负责商户', 'Merchants'],
    shops_value: ['{count} 家', '{count}'],
    visits_value: ['{count} 次', '{count}'],
    stale: ['其中证据较旧', 'Of these with old evidence'],
    submitted: ['拜访待审核', 'Visits to review'],
    returned: ['拜访被退回', 'Visits returned'],
    seen: ['最近登录', 'Last login'],
    never: ['还没登录过', 'Never logged in'],
    disable: ['停用', 'Disable'],
    disabled: ['已停用', 'Disabled'],
    disable_title: ['停用「{name}」', 'Disable “{name}”'],
    disable_out: ['马上退出登录，不能再使用。做过的记录都留着。', 'Out at once, and cannot log in again. What they recorded stays.'],
    disable_no_shops: ['没有由他负责的商户。', 'They are responsible for no merchant.'],
    enable: ['启用', 'Enable'],
    enabled: ['已启用', 'Enabled'],
    refused_LAST_ADMIN: ['这是最后一位管理员', 'Last administrator'],
    refused_OWN_ROLE: ['不能改自己的角色', 'Not your own role'],
    refused_PERSON_DISABLED: ['这位员工已停用', 'This person is disabled'],
    refused_SHOPS_LEFT: ['还有商户由他负责', 'Still responsible for merchants'],
    who_takes: ['谁来接手', 'Who takes over'],
    who_takes_sentence: [
      '有 {count} 家商户要换负责人，和这次改动一起完成。',
      'Merchants that need somebody else: {count}. It is done together with this change.',
    ],
    takes: ['{count} 家商户交给 {name}。', 'Merchants that go to {name}: {count}.'],
    nobody_takes: ['{count} 家商户变成没人负责。', 'Merchants that are left without anybody: {count}.'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
