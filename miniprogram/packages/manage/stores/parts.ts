// The scripts of this package's stores, each with the function that runs it (stores/parts of the app): opening one page runs one of them.
import type { AppidsStore } from '../appids/store'
import type { ApprovalsStore } from '../approvals/store'
import type { AssignStore } from '../assign/store'
import type { AssigneesStore } from './assignees'
import type { AuditStore } from '../audit/store'
import type { ChecklistTemplateStore } from '../checklist-template/store'
import type { DashboardStore } from '../dashboard/store'
import type { ExportsStore } from '../exports/store'
import type { MerchantsStore } from '../../../stores/merchants'
import type { NoticesStore } from '../notices/store'
import type { ObservationsStore } from '../observations/store'
import type { PaymentTotalsStore } from '../payments/store'
import type { PersonStore } from '../staff-person/store'
import type { PortalListStore } from '../portal-list/store'
import type { ProviderStore } from '../provider/store'
import type { ReadinessStore } from '../readiness/store'
import type { RebateStore } from '../rebate/store'
import type { RolloutsStore } from '../rollouts/store'
import type { ShopsStore } from '../shops/store'
import type { StaffStore } from '../staff/store'
import type { SubscriptionsStore } from '../notices/subscriptions'
import type { UnlistedStore } from '../unlisted/store'
import type { VisitPlanStore } from '../visit-plan/store'

declare const require: (path: string) => Record<string, unknown>

export const parts = {
  appids: () => require('../appids/store').AppidsStore as typeof AppidsStore,
  approvals: () => require('../approvals/store').ApprovalsStore as typeof ApprovalsStore,
  assign: () => require('../assign/store').AssignStore as typeof AssignStore,
  assignees: () => require('./assignees').AssigneesStore as typeof AssigneesStore,
  audit: () => require('../audit/store').AuditStore as typeof AuditStore,
  checklistTemplate: () => require('../checklist-template/store').ChecklistTemplateStore as typeof ChecklistTemplateStore,
  dashboard: () => require('../dashboard/store').DashboardStore as typeof DashboardStore,
  exporting: () => require('../exports/store').ExportsStore as typeof ExportsStore,
  merchants: () => require('../../../stores/merchants').MerchantsStore as typeof MerchantsStore,
  notices: () => require('../notices/store').NoticesStore as typeof NoticesStore,
  observations: () => require('../observations/store').ObservationsStore as typeof ObservationsStore,
  paymentTotals: () => require('../payments/store').PaymentTotalsStore as typeof PaymentTotalsStore,
  person: () => require('../staff-person/store').PersonStore as typeof PersonStore,
  portalList: () => require('../portal-list/store').PortalListStore as typeof PortalListStore,
  provider: () => require('../provider/store').ProviderStore as typeof ProviderStore,
  readiness: () => require('../readiness/store').ReadinessStore as typeof ReadinessStore,
  rebate: () => require('../rebate/store').RebateStore as typeof RebateStore,
  rollouts: () => require('../rollouts/store').RolloutsStore as typeof RolloutsStore,
  shops: () => require('../shops/store').ShopsStore as typeof ShopsStore,
  staff: () => require('../staff/store').StaffStore as typeof StaffStore,
  subscriptions: () => require('../notices/subscriptions').SubscriptionsStore as typeof SubscriptionsStore,
  unlisted: () => require('../unlisted/store').UnlistedStore as typeof UnlistedStore,
  visitPlan: () => require('../visit-plan/store').VisitPlanStore as typeof VisitPlanStore,
}
export type ManageParts = typeof parts
