// The stores of what leads and operators decide, of the audit trail, and of what administrators keep, over those of the app: index.ts brings the running app's, a test its own.
import { reaction } from 'mobx-miniprogram'
import type { App } from '../../../stores/create'
import { whenAccountLeaves } from '../../../stores/wiring'
import { AppidsStore } from '../appids/store'
import { ApprovalsStore } from '../approvals/store'
import { AuditStore } from '../audit/store'
import { ChecklistTemplateStore } from '../checklist-template/store'
import { createManageApi } from '../endpoints'
import { ObservationsStore } from '../observations/store'

export function createManageStores({ context, http, stores: app, onHide }: App) {
  const api = createManageApi(http)
  const { network, session } = app
  const approvals = new ApprovalsStore(context, api, session, app.minute)
  const audit = new AuditStore(context, api, session)
  const observations = new ObservationsStore(context, api, session)
  const appids = new AppidsStore(context, api, session)
  const checklistTemplate = new ChecklistTemplateStore(context, api, session)
  // Nobody asks for the end of a closing while nobody looks.
  onHide(() => approvals.hide())
  const forget = () => {
    approvals.reset()
    audit.reset()
    observations.reset()
    appids.reset()
    checklistTemplate.reset()
  }
  return {
    stores: { ...app, appids, approvals, audit, checklistTemplate, observations },
    /** What the app's stores mean to these. Returns how to cut the wires. */
    wire(): () => void {
      const stops = [
        whenAccountLeaves(session, forget, forget),
        reaction(
          () => network.online,
          online => approvals.networkChanged(online),
        ),
      ]
      return () => stops.forEach(stop => stop())
    },
  }
}
