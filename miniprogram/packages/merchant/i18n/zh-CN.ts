// 简体中文: words that only this package draws. en.ts must have the same keys.
import { merchantPageZhCN } from './merchant-page.zh-CN'
import { controlsZhCN } from './controls.zh-CN'
import { explainZhCN } from './explain.zh-CN'
import { fieldTestZhCN } from './field-test.zh-CN'
import { linkCheckZhCN } from './link-check.zh-CN'
import { linkPageZhCN } from './link-page.zh-CN'
import { orderQueryZhCN } from './order-query.zh-CN'
import { receiptHealthZhCN } from './receipt-health.zh-CN'
import { troubleshootZhCN } from './troubleshoot.zh-CN'

export const zhCN = {
  ...merchantPageZhCN,
  ...controlsZhCN,
  ...explainZhCN,
  ...fieldTestZhCN,
  ...linkCheckZhCN,
  ...linkPageZhCN,
  ...orderQueryZhCN,
  ...receiptHealthZhCN,
  ...troubleshootZhCN,
} as const
