// The last requests of this phone, for 诊断 (product.md B15): no path, which may name a shop, and no body.
import type { Transport } from '../api/transport'

export interface RequestSeen {
  /** X-Request-Id, as the server's log has it */
  id: string
  /** ms of the phone */
  at: number
  method: string
  /** null: no answer, or none yet */
  status: number | null
}

const MOST = 20

/** @param seen newest first; it is written into */
export const noting =
  (transport: Transport, seen: RequestSeen[], now: () => number): Transport =>
  (request, aborting) => {
    const one: RequestSeen = { id: request.headers['X-Request-Id'] ?? '', at: now(), method: request.method, status: null }
    seen.unshift(one)
    seen.length = Math.min(seen.length, MOST)
    return transport(request, aborting).then(answer => {
      one.status = answer.status
      return answer
    })
  }
