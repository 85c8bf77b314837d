// The stores of the provider's desk – what is decided, who works here, who has which shops, the audit trail, what administrators keep – over those of the
// app: index.ts brings the running app's, a test its own. Each is made, and its script run, when a page first asks for it.
import { reaction } from 'mobx-miniprogram'
import type { App } from '../../../stores/create'
import { besides, late, made, withLate } from '../../../stores/late'
import { whenAccountLeaves } from '../../../stores/wiring'
import { createAppidApi } from '../appids/endpoints'
import { createApprovalsApi } from '../approvals/endpoints'
import { createAssignApi } from '../assign/endpoints'
import { createAuditApi } from '../audit/endpoints'
import { createChecklistTemplateApi } from '../checklist-template/endpoints'
import { createDashboardApi } from '../dashboard/endpoints'
import { createExportApi } from '../exports/endpoints'
import type { ExportFiles } from '../exports/export-files'
import { createNoticeApi } from '../notices/endpoints'
import type { Subscriber } from '../notices/subscriber'
import { createObservationsApi } from '../observations/endpoints'
import { createRolloutApi } from '../rollouts/endpoints'
import { createPaymentTotalsApi } from '../payments/endpoints'
import { createStaffApi } from '../staff/endpoints'
import { createPortalListApi } from '../portal-list/endpoints'
import type { ChatFiles } from '../portal-list/chat-file'
import { createProviderApi } from '../provider/endpoints'
import { createRebateApi } from '../rebate/endpoints'
import { createUnlistedApi } from '../unlisted/endpoints'
import { createVisitPlanApi } from '../visit-plan/endpoints'
import { createReadinessApi } from '../readiness/endpoints'
import type { ManageParts } from './parts'

interface Outside {
  /** from a chat */
  files: ChatFiles
  /** to a chat, or a folder */
  exportFiles: ExportFiles
  /** asks for messages of WeChat */
  subscriber: Subscriber
}

interface Hidden {
  hide(): void
}
interface Connected {
  networkLost(): void
}
/** what an account saw there */
interface Seen {
  reset(): void
}

export function createManageStores(
  { context, http, stores: app, known, onHide }: App,
  { files, exportFiles, subscriber }: Outside,
  parts: ManageParts,
) {
  const staffApi = createStaffApi(http)
  const assignApi = createAssignApi(http)
  const providerApi = createProviderApi(http)
  const { network, session } = app
  const noticeApi = createNoticeApi(http)
  const audit = late(() => new (parts.audit())(context, createAuditApi(http), session))
  const staff = late(() => new (parts.staff())(context, staffApi, session))
  const assignees = late(() => new (parts.assignees())(context, assignApi))
  // its rows are chosen without touching what the person filtered 商户 by
  const assign = late(
    () => new (parts.assign())(context, assignApi, session, app.merchants, new (parts.merchants())(context, app.recents, known)),
  )
  const seen = {
    appids: late(() => new (parts.appids())(context, createAppidApi(http), session)),
    approvals: late(() => new (parts.approvals())(context, createApprovalsApi(http), session, app.minute)),
    checklistTemplate: late(() => new (parts.checklistTemplate())(context, createChecklistTemplateApi(http), session)),
    dashboard: late(() => new (parts.dashboard())(context, createDashboardApi(http))),
    exporting: late(() => new (parts.exporting())(context, createExportApi(http), session, exportFiles)),
    notices: late(() => new (parts.notices())(context, noticeApi, session)),
    observations: late(() => new (parts.observations())(context, createObservationsApi(http), session)),
    paymentTotals: late(() => new (parts.paymentTotals())(context, createPaymentTotalsApi(http), session)),
    person: late(() => new (parts.person())(context, staffApi, session, staff())),
    portalList: late(() => new (parts.portalList())(context, session, files, createPortalListApi(http))),
    provider: late(() => new (parts.provider())(context, providerApi, session)),
    readiness: late(() => new (parts.readiness())(context, { ...providerApi, ...createReadinessApi(http) }, session)),
    rebate: late(() => new (parts.rebate())(context, createRebateApi(http), session)),
    rollouts: late(() => new (parts.rollouts())(context, createRolloutApi(http), session)),
    shops: late(() => new (parts.shops())(context)),
    subscriptions: late(() => new (parts.subscriptions())(context, noticeApi, subscriber)),
    unlisted: late(() => new (parts.unlisted())(context, createUnlistedApi(http), session)),
    visitPlan: late(() => new (parts.visitPlan())(context, createVisitPlanApi(http), session)),
  }
  const { approvals, exporting, provider, rollouts, unlisted } = seen
  // Nobody asks for the end of a closing, where a rollout stands, or how far the verdicts are, while nobody looks; what is held is sent at once: nobody will be
  // there to take it back.
  onHide(() => made<Hidden>(approvals, rollouts, exporting, assign, unlisted, provider).forEach(store => store.hide()))
  const forget = () => {
    made<Seen>(...Object.values(seen)).forEach(store => store.reset())
    audit.made?.leave()
    staff.made?.leave()
    assign.made?.close()
    assignees.made?.close()
  }
  return {
    stores: besides(app, withLate({}, { ...seen, assign, assignees, audit, staff })),
    /** What the app's stores mean to these. Returns how to cut the wires. */
    wire(): () => void {
      const stops = [
        whenAccountLeaves(session, forget, forget),
        reaction(
          () => network.online,
          online => {
            approvals.made?.networkChanged(online)
            if (!online) made<Connected>(assign, unlisted).forEach(store => store.networkLost())
          },
        ),
      ]
      return () => stops.forEach(stop => stop())
    },
  }
}
