// Every page in every state. A new scene goes into the list of its page; the name is `group/state`.
import type { Scene } from './scene.ts'
import { auditScenes } from './scenes/audit.ts'
import { billScenes } from './scenes/bill.ts'
import { changes } from './scenes/changes.ts'
import { closingScenes } from './scenes/closing.ts'
import { dashboardScenes } from './scenes/dashboard.ts'
import { deskScenes } from './scenes/desk.ts'
import { detail } from './scenes/detail.ts'
import { exportScenes } from './scenes/exports.ts'
import { extremeScenes } from './scenes/extremes.ts'
import { fieldWork } from './scenes/field-work.ts'
import { helpScenes } from './scenes/help.ts'
import { home } from './scenes/home.ts'
import { login } from './scenes/login.ts'
import { merchants } from './scenes/merchants.ts'
import { observationScenes } from './scenes/observations.ts'
import { offline } from './scenes/offline.ts'
import { others } from './scenes/others.ts'
import { paymentPage } from './scenes/payment-page.ts'
import { providerScenes, readinessScenes } from './scenes/provider.ts'
import { portalListScenes } from './scenes/portal-list.ts'
import { receiptScenes } from './scenes/receipts.ts'
import { rebateScenes } from './scenes/rebate.ts'
import { registerScenes } from './scenes/register.ts'
import { staffScenes } from './scenes/staff.ts'
import { paymentScenes } from './scenes/payments.ts'
import { noticeScenes } from './scenes/notices.ts'
import { rolloutScenes } from './scenes/rollouts.ts'
import { visitScenes } from './scenes/visits/index.ts'

export const scenes: Scene[] = [
  ...login,
  ...home,
  ...merchants,
  ...detail,
  ...changes,
  ...closingScenes,
  ...fieldWork,
  ...visitScenes,
  ...receiptScenes,
  ...auditScenes,
  ...registerScenes,
  ...billScenes,
  ...providerScenes,
  ...readinessScenes,
  ...dashboardScenes,
  ...extremeScenes,
  ...exportScenes,
  ...deskScenes,
  ...observationScenes,
  ...helpScenes,
  ...staffScenes,
  ...portalListScenes,
  ...noticeScenes,
  ...rolloutScenes,
  ...paymentScenes,
  ...rebateScenes,
  ...offline,
  ...paymentPage,
  ...others,
]
