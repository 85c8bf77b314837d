// What a file says: its columns in their order, their heads, and its values in words. The app's own dictionaries do not ship with the backend.
import type { RolloutItemStatus, RolloutReason } from '../../database/rollout-tables.ts'
import { isProblemCode, problemCopy } from '../../http/problems/catalogue.ts'
import type { ExportKind } from './schema.ts'
import type { Attention, SwitchStatus, VerdictState } from '../../evidence/verdict/schema.ts'

type Language = 'zh-CN' | 'en'

/** In the order of the file. A column has its head in both languages below, and its cell in sources.ts. */
const COLUMNS = {
  merchants: [
    'sub_mchid',
    'name',
    'short_name',
    'region',
    'address',
    'state',
    'since',
    'proof',
    'attention',
    'gold_plan',
    'receipt',
    'advertising',
    'receipt_ready_ms',
    'assigned_to',
  ],
  audit: ['at', 'who', 'role', 'action', 'target', 'target_id', 'target_name', 'before', 'after', 'reason', 'request_id'],
  rollout: ['sub_mchid', 'name', 'stage', 'result', 'why', 'code', 'message', 'at'],
} as const satisfies Record<ExportKind, readonly string[]>

/** a text for each column of such a file */
export type OfColumns<Kind extends ExportKind> = Readonly<Record<(typeof COLUMNS)[Kind][number], string>>

export interface Words {
  merchants: OfColumns<'merchants'>
  audit: OfColumns<'audit'>
  rollout: OfColumns<'rollout'>
  items: Readonly<Record<RolloutItemStatus, string>>
  /** why a merchant of a rollout was left alone or skipped, where that is no error of the app */
  reasons: Readonly<Record<RolloutReason, string>>
  states: Readonly<Record<VerdictState, string>>
  switches: Readonly<Record<SwitchStatus, string>>
  attention: Readonly<Record<Attention, string>>
  system: string
}

const zhCN: Words = {
  merchants: {
    sub_mchid: '商户号',
    name: '名称',
    short_name: '简称',
    region: '地区',
    address: '地址',
    state: '状态',
    since: '自',
    proof: '依据',
    attention: '提醒',
    gold_plan: '点金计划',
    receipt: '商家小票',
    advertising: '广告',
    receipt_ready_ms: '小票多久出来(毫秒)',
    assigned_to: '负责人',
  },
  audit: {
    at: '时间',
    who: '谁',
    role: '角色',
    action: '动作',
    target: '对象',
    target_id: '对象编号',
    target_name: '对象名称',
    before: '改之前',
    after: '改之后',
    reason: '原因',
    request_id: '请求编号',
  },
  rollout: {
    sub_mchid: '商户号',
    name: '名称',
    stage: '批次',
    result: '结果',
    why: '原因',
    code: '原因代码',
    message: '微信支付的说明',
    at: '时间',
  },
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
  merchants: {
    sub_mchid: 'Merchant ID',
    name: 'Name',
    short_name: 'Short name',
    region: 'Region',
    address: 'Address',
    state: 'State',
    since: 'Since',
    proof: 'Proof',
    attention: 'Attention',
    gold_plan: 'Gold Plan',
    receipt: 'Merchant receipt',
    advertising: 'Ads',
    receipt_ready_ms: 'Receipt after (ms)',
    assigned_to: 'In charge',
  },
  audit: {
    at: 'Time',
    who: 'Who',
    role: 'Role',
    action: 'Action',
    target: 'Target',
    target_id: 'Target ID',
    target_name: 'Target name',
    before: 'Before',
    after: 'After',
    reason: 'Reason',
    request_id: 'Request ID',
  },
  rollout: {
    sub_mchid: 'Merchant ID',
    name: 'Name',
    stage: 'Stage',
    result: 'Result',
    why: 'Why',
    code: 'Code',
    message: 'What WeChat Pay says',
    at: 'Time',
  },
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

/** The cells, or the heads, as they stand in a line. */
export const inOrder = <Kind extends ExportKind>(kind: Kind, texts: OfColumns<Kind>): string[] =>
  COLUMNS[kind].map((column: keyof OfColumns<Kind>) => texts[column])

export const wordsOf = (language: Language): Words => (language === 'en' ? en : zhCN)

/** Of an item of a rollout, as the app says it; a code that nobody has words for comes as it is. */
export function reasonOf(code: string, language: Language): string {
  const reasons: Readonly<Record<string, string>> = wordsOf(language).reasons
  return reasons[code] ?? (isProblemCode(code) ? problemCopy(code, language).title : code)
}
