// English: same keys as zh-CN.ts.
import { merchantPageEn } from '../detail/words.en'
import { controlsEn } from './controls.en'
import { explainEn } from '../explain/words.en'
import { fieldTestEn } from '../test-payment/words.en'
import { linkCheckEn } from '../link-check/findings.en'
import { linkPageEn } from '../link-check/words.en'
import { orderQueryEn } from '../order-query/words.en'
import { receiptHealthEn } from '../receipt-health/words.en'
import { troubleshootEn } from '../troubleshoot/words.en'
import type { zhCN } from './zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  ...merchantPageEn,
  ...controlsEn,
  ...explainEn,
  ...fieldTestEn,
  ...linkCheckEn,
  ...linkPageEn,
  ...orderQueryEn,
  ...receiptHealthEn,
  ...troubleshootEn,
}
