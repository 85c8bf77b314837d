// What a file says: heads of its columns, and its values in words. The app's own dictionaries do not ship with the backend.
import type { RolloutItemStatus } from '../../database/rollout-tables.ts'
import { isProblemCode, problemCopy } from '../../http/problems/catalogue.ts'
import type { Attention, SwitchStatus, VerdictState } from '../../evidence/verdict/schema.ts'

type Language = 'zh-CN' | 'en'

interface Words {
  merchants: readonly string[]
  audit: readonly string[]
  rollout: readonly string[]
  items: Readonly<Record<RolloutItemStatus, string>>
  /** why a merchant of a rollout was left alone or skipped, where that is no error of the app */
  reasons: Readonly<Record<string, string>>
  states: Readonly<Record<VerdictState, string>>
  switches: Readonly<Record<SwitchStatus, string>>
  attention: Readonly<Record<Attention, string>>
  system: string
}

const zhCN: Words = {
  merchants: [
    '商户号',
    '名称',
    '简称',
    '地区',
    '地址',
    '状态',
    '自',
    '依据',
    '提醒',
    '点金计划',
    '商家小票',
    '广告',
    '小票多久出来(毫秒)',
    '负责人',
  ],
  audit: ['时间', '谁', '角色', '动作', '对象', '对象编号', '对象名称', '改之前', '改之后', '原因', '请求编号'],
  rollout: ['商户号', '名称', '批次', '结果', '原因', '原因代码', '微信支付的说明', '时间'],
  items: { excluded: '不动', pending: '还没做', working: '等结果', succeeded: '完成', failed: '失败', skipped: '跳过' },
  reasons: {
    ALREADY: '已经是这样',
    MERCHANT_TERMINATED: '已终止合作',
    MERCHANT_SUSPENDED: '已暂停合作',
    CLOSING_REQUESTED: '有关闭申请在等处理',
    OPERATION_PENDING: '上一次操作还没有结果',
    UNRESOLVED: '上一次操作要人工确认',
    REOPEN_LOCKED: '关闭后 24 小时内不能再开',
    NOT_FOUND: '商户目录里没有这个商户号',
    CHANGED_MEANWHILE: '试算以后有人改过',
  },
  states: {
    unknown: '待核实',
    not_applicable: '无需迁移',
    not_migrated: '未迁移',
    enrolled: '已开通·待验证',
    verified: '已迁移',
    regressed: '已回退',
    blocked: '受阻',
  },
  switches: { open: '已开', closed: '已关', unknown: '未知' },
  attention: {
    CHECK_FAILED: '验证没通过',
    OUT_OF_BAND: '没有开通记录',
    OPERATION_BLOCKED: '操作受阻',
    RECEIPT_ERROR: '小票出错',
    SETTLING: '生效中',
    STALE: '证据较旧',
    SUSPECTED: '疑似回退',
  },
  system: '系统',
}

const en: Words = {
  merchants: [
    'Merchant ID',
    'Name',
    'Short name',
    'Region',
    'Address',
    'State',
    'Since',
    'Proof',
    'Attention',
    'Gold Plan',
    'Merchant receipt',
    'Ads',
    'Receipt after (ms)',
    'In charge',
  ],
  audit: ['Time', 'Who', 'Role', 'Action', 'Target', 'Target ID', 'Target name', 'Before', 'After', 'Reason', 'Request ID'],
  rollout: ['Merchant ID', 'Name', 'Stage', 'Result', 'Why', 'Code', 'What WeChat Pay says', 'Time'],
  items: { excluded: 'Left alone', pending: 'Not yet', working: 'Under way', succeeded: 'Done', failed: 'Failed', skipped: 'Skipped' },
  reasons: {
    ALREADY: 'Already so',
    MERCHANT_TERMINATED: 'The contract has ended',
    MERCHANT_SUSPENDED: 'The contract is suspended',
    CLOSING_REQUESTED: 'A request to close waits',
    OPERATION_PENDING: 'An earlier change has no result yet',
    UNRESOLVED: 'An earlier change waits for a person',
    REOPEN_LOCKED: 'Closed less than 24 hours ago',
    NOT_FOUND: 'The directory does not have this merchant ID',
    CHANGED_MEANWHILE: 'Somebody changed it after the dry run',
  },
  states: {
    unknown: 'To be checked',
    not_applicable: 'No need to migrate',
    not_migrated: 'Not migrated',
    enrolled: 'Opened, to be verified',
    verified: 'Migrated',
    regressed: 'Regressed',
    blocked: 'Blocked',
  },
  switches: { open: 'On', closed: 'Off', unknown: 'Unknown' },
  attention: {
    CHECK_FAILED: 'Check failed',
    OUT_OF_BAND: 'No record of opening',
    OPERATION_BLOCKED: 'Operation blocked',
    RECEIPT_ERROR: 'Receipt error',
    SETTLING: 'Taking effect',
    STALE: 'Old proof',
    SUSPECTED: 'May be gone',
  },
  system: 'System',
}

export const wordsOf = (language: Language): Words => (language === 'en' ? en : zhCN)

/** Of an item of a rollout, as the app says it; a code that nobody has words for comes as it is. */
export function reasonOf(code: string, language: Language): string {
  return wordsOf(language).reasons[code] ?? (isProblemCode(code) ? problemCopy(code, language).title : code)
}
