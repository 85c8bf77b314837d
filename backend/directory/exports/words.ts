// What a file says: heads of its columns, and its values in words. The app's own dictionaries do not ship with the backend.
import type { Attention, SwitchStatus, VerdictState } from '../../evidence/verdict/schema.ts'

type Language = 'zh-CN' | 'en'

interface Words {
  merchants: readonly string[]
  audit: readonly string[]
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
