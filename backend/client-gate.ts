// Who is let in at all: nobody while the service is maintained, and no version of the app that is too old for this server.
import { isOlder } from '../miniprogram/domain/client-version.ts'
import type { Clock } from './clock.ts'
import type { App } from './http.ts'
import { AppError } from './problems/app-error.ts'

export interface ClientGate {
  /** x.y.z; older versions of the app are answered 426 */
  minClientVersion: string
  /** until then every call is answered 503; null, or past: nothing is maintained */
  maintenanceUntil: Date | null
}

export const openGate: ClientGate = { minClientVersion: '0.1.0', maintenanceUntil: null }

/** Only the app's own interface: health, metrics, and the page that customers see go on. */
const isApi = (url: string) => url.startsWith('/v1/')

/** @param gate is asked at each request */
export function registerClientGate(app: App, clock: Clock, gate: () => ClientGate): void {
  app.addHook('onRequest', async request => {
    if (!isApi(request.url)) return
    const { minClientVersion, maintenanceUntil } = gate()
    const left = maintenanceUntil === null ? 0 : maintenanceUntil.getTime() - clock.now().getTime()
    if (left > 0) throw new AppError('MAINTENANCE', { retry_after: Math.ceil(left / 1000) })
    const version = request.headers['x-client-version']
    if (typeof version === 'string' && isOlder(version, minClientVersion))
      throw new AppError('CLIENT_OUTDATED', { min_client_version: minClientVersion })
  })
}
