// Refuses every call during maintenance, and calls of app versions that are too old for this server.
import { isOlder, isVersion } from '../../miniprogram/shared/client-version.ts'
import type { Clock } from '../platform/clock.ts'
import type { App } from './authenticated.ts'
import { AppError } from './problems/app-error.ts'

declare module '../platform/context.ts' {
  interface Context {
    /** which versions of the app are let in */
    clientGate: () => ClientGate
  }
}

export interface ClientGate {
  /** x.y.z; older versions of the app are answered 426 */
  minClientVersion: string
  /** until then every call is answered 503; null, or past: nothing is maintained */
  maintenanceUntil: Date | null
}

export const openGate: ClientGate = { minClientVersion: '0.1.0', maintenanceUntil: null }

type Complain = (variable: string, problem: string, remedy: string) => void

/** From MIN_CLIENT_VERSION and MAINTENANCE_UNTIL. */
export function readClientGate(set: (variable: string) => string | undefined, complain: Complain): ClientGate {
  const minClientVersion = set('MIN_CLIENT_VERSION') ?? openGate.minClientVersion
  if (!isVersion(minClientVersion))
    complain(
      'MIN_CLIENT_VERSION',
      'is no version',
      'give the oldest version of the mini program that may still be used, like 1.4.0, or leave it out',
    )
  const until = set('MAINTENANCE_UNTIL')
  const maintenanceUntil = until === undefined ? null : instantIn(until)
  if (maintenanceUntil && Number.isNaN(maintenanceUntil.getTime()))
    complain(
      'MAINTENANCE_UNTIL',
      'is no time with an offset',
      'give the end of the maintenance, like 2026-11-30T02:00:00+08:00, or leave it out',
    )
  return { minClientVersion, maintenanceUntil }
}

/** Invalid for a day that its month does not have, which Date would take for one of the next month. */
function instantIn(text: string): Date {
  const [, date] = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/.exec(text) ?? []
  const isDay = date !== undefined && new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date)
  return new Date(isDay ? text : Number.NaN)
}

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
