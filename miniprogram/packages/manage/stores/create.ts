// The stores of what leads and operators decide, over those of the app: index.ts brings the running app's, a test its own.
import { reaction } from 'mobx-miniprogram'
import type { App } from '../../../stores/create'
import { whenAccountLeaves } from '../../../stores/wiring'
import { ApprovalsStore } from '../approvals/store'

export function createManageStores({ context, stores: app, onHide }: App) {
  const { network, session } = app
  const approvals = new ApprovalsStore(context, session, app.minute)
  // Nobody asks for the end of a closing while nobody looks.
  onHide(() => approvals.hide())
  return {
    stores: { ...app, approvals },
    /** What the app's stores mean to these. Returns how to cut the wires. */
    wire(): () => void {
      const stops = [
        whenAccountLeaves(
          session,
          () => approvals.reset(),
          () => approvals.reset(),
        ),
        reaction(
          () => network.online,
          online => approvals.networkChanged(online),
        ),
      ]
      return () => stops.forEach(stop => stop())
    },
  }
}
