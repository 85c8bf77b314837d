// The scripts of this package's stores, each with the function that runs it (stores/parts of the app): opening one page runs one of them.
export interface ManageParts {
  appids(): Pick<typeof import('../appids/store'), 'AppidsStore'>
  approvals(): Pick<typeof import('../approvals/store'), 'ApprovalsStore'>
  assign(): Pick<typeof import('../assign/store'), 'AssignStore'>
  assignees(): Pick<typeof import('./assignees'), 'AssigneesStore'>
  audit(): Pick<typeof import('../audit/store'), 'AuditStore'>
  checklistTemplate(): Pick<typeof import('../checklist-template/store'), 'ChecklistTemplateStore'>
  dashboard(): Pick<typeof import('../dashboard/store'), 'DashboardStore'>
  exporting(): Pick<typeof import('../exports/store'), 'ExportsStore'>
  merchants(): Pick<typeof import('../../../stores/merchants'), 'MerchantsStore'>
  notices(): Pick<typeof import('../notices/store'), 'NoticesStore'>
  observations(): Pick<typeof import('../observations/store'), 'ObservationsStore'>
  paymentTotals(): Pick<typeof import('../payments/store'), 'PaymentTotalsStore'>
  person(): Pick<typeof import('../staff-person/store'), 'PersonStore'>
  portalList(): Pick<typeof import('../portal-list/store'), 'PortalListStore'>
  provider(): Pick<typeof import('../provider/store'), 'ProviderStore'>
  readiness(): Pick<typeof import('../readiness/store'), 'ReadinessStore'>
  rebate(): Pick<typeof import('../rebate/store'), 'RebateStore'>
  rollouts(): Pick<typeof import('../rollouts/store'), 'RolloutsStore'>
  shops(): Pick<typeof import('../shops/store'), 'ShopsStore'>
  staff(): Pick<typeof import('../staff/store'), 'StaffStore'>
  subscriptions(): Pick<typeof import('../notices/subscriptions'), 'SubscriptionsStore'>
  unlisted(): Pick<typeof import('../unlisted/store'), 'UnlistedStore'>
  visitPlan(): Pick<typeof import('../visit-plan/store'), 'VisitPlanStore'>
}
