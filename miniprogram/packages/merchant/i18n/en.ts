// English: same keys as zh-CN.ts.
import { merchantPageEn } from './merchant-page.en'
import { controlsEn } from './controls.en'
import { explainEn } from './explain.en'
import { fieldTestEn } from './field-test.en'
import { linkCheckEn } from './link-check.en'
import { linkPageEn } from './link-page.en'
import { orderQueryEn } from './order-query.en'
import { receiptHealthEn } from './receipt-health.en'
import { troubleshootEn } from './troubleshoot.en'
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
