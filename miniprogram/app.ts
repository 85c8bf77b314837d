// Starts the session and listens to what concerns every page.
import './missing-built-ins'
import { app } from './stores/index'

App({
  onLaunch() {
    app.start()
  },
  onShow() {
    app.show()
  },
  onHide() {
    app.hide()
  },
  onError(error: string) {
    // The text of an exception and its place in the code; no merchant, no staff, no answer of the server.
    console.error(
      'app error',
      error
        .split('\n')
        .slice(0, 3)
        .join(' | ')
        .replace(/\d{8,}/g, '#'),
    )
  },
  onUnhandledRejection({ reason }: { reason: unknown }) {
    console.error(
      'unhandled rejection',
      reason instanceof Error ? `${reason.name}: ${reason.message.replace(/\d{8,}/g, '#')}` : typeof reason,
    )
  },
})
