// The scripts of this package's stores as WeChat runs them: one that stands inside a function runs when that function is called.
import type { ManageParts } from './parts'

declare const require: {
  (path: '../appids/store'): ReturnType<ManageParts['appids']>
  (path: '../approvals/store'): ReturnType<ManageParts['approvals']>
  (path: '../assign/store'): ReturnType<ManageParts['assign']>
  (path: './assignees'): ReturnType<ManageParts['assignees']>
  (path: '../audit/store'): ReturnType<ManageParts['audit']>
  (path: '../checklist-template/store'): ReturnType<ManageParts['checklistTemplate']>
  (path: '../dashboard/store'): ReturnType<ManageParts['dashboard']>
  (path: '../exports/store'): ReturnType<ManageParts['exporting']>
  (path: '../../../stores/merchants'): ReturnType<ManageParts['merchants']>
  (path: '../notices/store'): ReturnType<ManageParts['notices']>
  (path: '../observations/store'): ReturnType<ManageParts['observations']>
  (path: '../payments/store'): ReturnType<ManageParts['paymentTotals']>
  (path: '../staff-person/store'): ReturnType<ManageParts['person']>
  (path: '../portal-list/store'): ReturnType<ManageParts['portalList']>
  (path: '../provider/store'): ReturnType<ManageParts['provider']>
  (path: '../readiness/store'): ReturnType<ManageParts['readiness']>
  (path: '../rebate/store'): ReturnType<ManageParts['rebate']>
  (path: '../rollouts/store'): ReturnType<ManageParts['rollouts']>
  (path: '../shops/store'): ReturnType<ManageParts['shops']>
  (path: '../staff/store'): ReturnType<ManageParts['staff']>
  (path: '../notices/subscriptions'): ReturnType<ManageParts['subscriptions']>
  (path: '../unlisted/store'): ReturnType<ManageParts['unlisted']>
  (path: '../visit-plan/store'): ReturnType<ManageParts['visitPlan']>
}

export const parts: ManageParts = {
  appids: () => require('../appids/store'),
  approvals: () => require('../approvals/store'),
  assign: () => require('../assign/store'),
  assignees: () => require('./assignees'),
  audit: () => require('../audit/store'),
  checklistTemplate: () => require('../checklist-template/store'),
  dashboard: () => require('../dashboard/store'),
  exporting: () => require('../exports/store'),
  merchants: () => require('../../../stores/merchants'),
  notices: () => require('../notices/store'),
  observations: () => require('../observations/store'),
  paymentTotals: () => require('../payments/store'),
  person: () => require('../staff-person/store'),
  portalList: () => require('../portal-list/store'),
  provider: () => require('../provider/store'),
  readiness: () => require('../readiness/store'),
  rebate: () => require('../rebate/store'),
  rollouts: () => require('../rollouts/store'),
  shops: () => require('../shops/store'),
  staff: () => require('../staff/store'),
  subscriptions: () => require('../notices/subscriptions'),
  unlisted: () => require('../unlisted/store'),
  visitPlan: () => require('../visit-plan/store'),
}
