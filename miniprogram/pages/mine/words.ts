// The words of this page, in 简体中文 and in English.
import { addTable } from '../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    mine: ['我的', 'Me'],
  },
  mine: {
    regions: ['负责范围', 'Area'],
    all_regions: ['全部区域', 'All regions'],
    assigned_only: ['只看分配给我的商户', 'Only merchants assigned to me'],
    provider: ['服务商', 'Provider'],
    receipt_link: ['商家小票链接', 'Merchant receipt link'],
    receipt_link_ready: ['已配置', 'Configured'],
    receipt_link_missing: ['未配置', 'Not configured'],
    requests: ['关闭申请', 'Closing requests'],
    requests_note: ['我申请关闭的点金计划，和处理结果', 'What I asked to close, and what came of it'],
    desk: ['管理', 'Manage'],
    desk_note: ['审批、记录和服务商的设置', 'Requests, records, and settings of the provider'],
    settings: ['设置', 'Settings'],
    settings_note: ['语言、外观、文字大小', 'Language, appearance, text size'],
    help: ['帮助与诊断', 'Help and diagnostics'],
    help_note: ['点金计划、JSAPI、每个提示怎么办', 'Gold Plan, JSAPI, every message'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
