// 简体中文: words that only this package draws. en.ts must have the same keys.
import { merchantPageZhCN } from '../detail/words.zh-CN'
import { controlsZhCN } from './controls.zh-CN'
import { explainZhCN } from '../explain/words.zh-CN'
import { fieldTestZhCN } from '../test-payment/words.zh-CN'
import { linkCheckZhCN } from '../link-check/findings.zh-CN'
import { linkPageZhCN } from '../link-check/words.zh-CN'
import { orderQueryZhCN } from '../order-query/words.zh-CN'
import { receiptHealthZhCN } from '../receipt-health/words.zh-CN'
import { troubleshootZhCN } from '../troubleshoot/words.zh-CN'

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
