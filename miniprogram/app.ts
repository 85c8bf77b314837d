// Starts the session and listens to what concerns every page.
import { startStores, stores } from './stores/index'

App({
  onLaunch() {
    startStores()
  },
  onHide() {
    // A held change must not wait for somebody to come back (product.md §6.2).
    stores.merchant.hide()
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
