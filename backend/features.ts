// What the backend answers: one line for each feature.
import type { Routes } from './http/authenticated.ts'
import { appidRoutes } from './company/appids/routes.ts'
import { industryRoutes } from './company/industries/routes.ts'
import { noticeRoutes } from './company/notices/routes.ts'
import { providerSettingsRoutes } from './company/provider-settings/routes.ts'
import { regionRoutes } from './company/regions/routes.ts'
import { sessionRoutes } from './company/sessions/routes.ts'
import { staffRoutes } from './company/staff/routes.ts'
import { closingRoutes } from './controls/closing/routes.ts'
import { rolloutRoutes } from './controls/rollouts/routes.ts'
import { controlRoutes } from './controls/routes.ts'
import { assignmentRoutes } from './directory/assignments/routes.ts'
import { auditTrailRoutes } from './directory/audit-trail/routes.ts'
import { dashboardRoutes } from './directory/dashboard/routes.ts'
import { exportRoutes } from './directory/exports/routes.ts'
import { merchantRoutes } from './directory/merchants/routes.ts'
import { offlinePackRoutes } from './directory/offline-pack/routes.ts'
import { portalListRoutes } from './directory/portal-lists/routes.ts'
import { rebateRoutes } from './directory/rebates/routes.ts'
import { scanResolutionRoutes } from './directory/scan-resolutions/routes.ts'
import { staffMemberRoutes } from './directory/staff/routes.ts'
import { unlistedRoutes } from './directory/unlisted/routes.ts'
import { visitPlanRoutes } from './directory/visit-plan/routes.ts'
import { paymentRoutes } from './evidence/bills/routes.ts'
import { notificationRoutes } from './evidence/limitations/callback.ts'
import { limitationRoutes } from './evidence/limitations/routes.ts'
import { orderRoutes } from './evidence/orders/routes.ts'
import { evidenceRoutes } from './evidence/routes.ts'
import { checklistRoutes } from './field-work/checklists/routes.ts'
import { photoRoutes } from './field-work/photos/routes.ts'
import { visitRoutes } from './field-work/visits/routes.ts'
import { linkCheckRoutes } from './link-check/routes.ts'
import { observationRoutes } from './observations/routes.ts'
import { readinessRoutes } from './readiness/routes.ts'
import { receiptPageRoutes } from './receipts/page-routes.ts'
import { receiptRoutes } from './receipts/routes.ts'
import { summaryRoutes } from './workbench/routes.ts'

/** In the order of the contract. */
export const features: readonly Routes[] = [
  sessionRoutes,
  staffRoutes,
  industryRoutes,
  regionRoutes,
  merchantRoutes,
  evidenceRoutes,
  controlRoutes,
  closingRoutes,
  rolloutRoutes,
  orderRoutes,
  appidRoutes,
  linkCheckRoutes,
  providerSettingsRoutes,
  readinessRoutes,
  assignmentRoutes,
  staffMemberRoutes,
  scanResolutionRoutes,
  summaryRoutes,
  noticeRoutes,
  auditTrailRoutes,
  dashboardRoutes,
  exportRoutes,
  observationRoutes,
  paymentRoutes,
  limitationRoutes,
  notificationRoutes,
  unlistedRoutes,
  rebateRoutes,
  visitPlanRoutes,
  portalListRoutes,
  checklistRoutes,
  visitRoutes,
  photoRoutes,
  offlinePackRoutes,
  receiptRoutes,
  receiptPageRoutes,
]
