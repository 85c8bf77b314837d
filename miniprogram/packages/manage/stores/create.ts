// The stores of what leads and operators decide, and of the audit trail, over those of the app: index.ts brings the running app's, a test its own.
import { reaction } from 'mobx-miniprogram'
import type { App } from '../../../stores/create'
import { whenAccountLeaves } from '../../../stores/wiring'
import { ApprovalsStore } from '../approvals/store'
import { AuditStore } from '../audit/store'

export function createManageStores({ context, stores: app, onHide }: App) {
  const { network, session } = app
  const approvals = new ApprovalsStore(context, session, app.minute)
  const audit = new AuditStore(context, session)
  // Nobody asks for the end of a closing while nobody looks.
  onHide(() => approvals.hide())
  const forget = () => {
    approvals.reset()
    audit.reset()
  }
  return {
    stores: { ...app, approvals, audit },
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
