// The stores of the provider's desk – what is decided, who works here, who has which shops, the audit trail, what administrators keep – over those of the
// app: index.ts brings the running app's, a test its own.
import { reaction } from 'mobx-miniprogram'
import type { App } from '../../../stores/create'
import { besides } from '../../../stores/late'
import { MerchantsStore } from '../../../stores/merchants'
import { whenAccountLeaves } from '../../../stores/wiring'
import { createAppidApi } from '../appids/endpoints'
import { AppidsStore } from '../appids/store'
import { createApprovalsApi } from '../approvals/endpoints'
import { ApprovalsStore } from '../approvals/store'
import { createAssignApi } from '../assign/endpoints'
import { AssignStore } from '../assign/store'
import { createAuditApi } from '../audit/endpoints'
import { AuditStore } from '../audit/store'
import { createChecklistTemplateApi } from '../checklist-template/endpoints'
import { ChecklistTemplateStore } from '../checklist-template/store'
import { createDashboardApi } from '../dashboard/endpoints'
import { DashboardStore } from '../dashboard/store'
import { createExportApi } from '../exports/endpoints'
import type { ExportFiles } from '../exports/export-files'
import { ExportsStore } from '../exports/store'
import { createNoticeApi } from '../notices/endpoints'
import { NoticesStore } from '../notices/store'
import type { Subscriber } from '../notices/subscriber'
import { SubscriptionsStore } from '../notices/subscriptions'
import { createObservationsApi } from '../observations/endpoints'
import { ObservationsStore } from '../observations/store'
import { createRolloutApi } from '../rollouts/endpoints'
import { RolloutsStore } from '../rollouts/store'
import { ShopsStore } from '../shops/store'
import { createPaymentTotalsApi } from '../payments/endpoints'
import { PaymentTotalsStore } from '../payments/store'
import { PersonStore } from '../staff-person/store'
import { createStaffApi } from '../staff/endpoints'
import { StaffStore } from '../staff/store'
import { AssigneesStore } from './assignees'
import { createPortalListApi } from '../portal-list/endpoints'
import type { ChatFiles } from '../portal-list/chat-file'
import { PortalListStore } from '../portal-list/store'
import { createProviderApi } from '../provider/endpoints'
import { ProviderStore } from '../provider/store'
import { createRebateApi } from '../rebate/endpoints'
import { RebateStore } from '../rebate/store'
import { createUnlistedApi } from '../unlisted/endpoints'
import { UnlistedStore } from '../unlisted/store'
import { createVisitPlanApi } from '../visit-plan/endpoints'
import { VisitPlanStore } from '../visit-plan/store'
import { createReadinessApi } from '../readiness/endpoints'
import { ReadinessStore } from '../readiness/store'

interface Outside {
  /** from a chat */
  files: ChatFiles
  /** to a chat, or a folder */
  exportFiles: ExportFiles
  /** asks for messages of WeChat */
  subscriber: Subscriber
}

export function createManageStores({ context, http, stores: app, known, onHide }: App, { files, exportFiles, subscriber }: Outside) {
  const staffApi = createStaffApi(http)
  const assignApi = createAssignApi(http)
  const providerApi = createProviderApi(http)
  const { network, session } = app
  const approvals = new ApprovalsStore(context, createApprovalsApi(http), session, app.minute)
  const audit = new AuditStore(context, createAuditApi(http), session)
  const dashboard = new DashboardStore(context, createDashboardApi(http))
  const shops = new ShopsStore(context)
  const exporting = new ExportsStore(context, createExportApi(http), session, exportFiles)
  const observations = new ObservationsStore(context, createObservationsApi(http), session)
  const appids = new AppidsStore(context, createAppidApi(http), session)
  const paymentTotals = new PaymentTotalsStore(context, createPaymentTotalsApi(http), session)
  const checklistTemplate = new ChecklistTemplateStore(context, createChecklistTemplateApi(http), session)
  const portalList = new PortalListStore(context, session, files, createPortalListApi(http))
  const rollouts = new RolloutsStore(context, createRolloutApi(http), session)
  const noticeApi = createNoticeApi(http)
  const notices = new NoticesStore(context, noticeApi, session)
  const subscriptions = new SubscriptionsStore(context, noticeApi, subscriber)
  const assignees = new AssigneesStore(context, assignApi)
  const staff = new StaffStore(context, staffApi, session)
  const person = new PersonStore(context, staffApi, session, staff)
  // its rows are chosen without touching what the person filtered 商户 by
  const assign = new AssignStore(context, assignApi, session, app.merchants, new MerchantsStore(context, app.recents, known))
  const provider = new ProviderStore(context, providerApi, session)
  const readiness = new ReadinessStore(context, { ...providerApi, ...createReadinessApi(http) }, session)
  const rebate = new RebateStore(context, createRebateApi(http), session)
  const unlisted = new UnlistedStore(context, createUnlistedApi(http), session)
  const visitPlan = new VisitPlanStore(context, createVisitPlanApi(http), session)
  onHide(() => {
    // Nobody asks for the end of a closing, or where a rollout stands, while nobody looks.
    approvals.hide()
    rollouts.hide()
    exporting.hide()
    // what is held is sent at once: nobody will be there to take it back
    assign.hide()
    unlisted.hide()
    // nor for how far the verdicts are
    provider.hide()
  })
  const forget = () => {
    approvals.reset()
    audit.leave()
    dashboard.reset()
    shops.reset()
    exporting.reset()
    observations.reset()
    appids.reset()
    paymentTotals.reset()
    checklistTemplate.reset()
    rollouts.reset()
    notices.reset()
    subscriptions.reset()
    assignees.close()
    portalList.reset()
    staff.leave()
    person.reset()
    assign.close()
    provider.reset()
    readiness.reset()
    rebate.reset()
    unlisted.reset()
    visitPlan.reset()
  }
  return {
    stores: besides(app, {
      appids,
      approvals,
      assign,
      assignees,
      audit,
      checklistTemplate,
      dashboard,
      exporting,
      notices,
      observations,
      paymentTotals,
      person,
      portalList,
      provider,
      readiness,
      rebate,
      rollouts,
      shops,
      staff,
      subscriptions,
      unlisted,
      visitPlan,
    }),
    /** What the app's stores mean to these. Returns how to cut the wires. */
    wire(): () => void {
      const stops = [
        whenAccountLeaves(session, forget, forget),
        reaction(
          () => network.online,
          online => {
            approvals.networkChanged(online)
            if (online) return
            assign.networkLost()
            unlisted.networkLost()
          },
        ),
      ]
      return () => stops.forEach(stop => stop())
    },
  }
}
