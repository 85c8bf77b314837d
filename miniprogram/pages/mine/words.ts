// The words of this page in 简体中文; in English: packages/system/english.
import { addChinese } from '../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const zhCN = addChinese({
  page: {
    mine: '我的',
  },
  mine: {
    regions: '负责范围',
    all_regions: '全部区域',
    assigned_only: '只看分配给我的商户',
    provider: '服务商',
    receipt_link: '商家小票链接',
    receipt_link_ready: '已配置',
    receipt_link_missing: '未配置',
    desk: '管理',
    desk_note: '审批、记录和服务商的设置',
    desk_own: '关闭申请、提醒、变更和导出',
    settings: '设置',
    settings_note: '语言、外观、文字大小',
    help: '帮助与诊断',
    help_note: '点金计划、JSAPI、每个提示怎么办',
  },
})
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}
