// The calls that the sandbox saw, for tests and for a person who wonders. Authorization headers and secrets are not kept.
export interface SeenRequest {
  at: string
  method: string
  path: string
  body: string
  /** header Wechatpay-Serial: the key that the caller wants the answer signed with */
  wechatpay_serial: string | null
  sub_mchid: string | null
  scenario: string | null
  /** whether WeChat Pay's belief was written */
  changed: boolean
  /** null while under way, and where the connection was cut */
  http_status: number | null
  request_id: string | null
}

export type RequestJournal = ReturnType<typeof createRequestJournal>

const KEPT = 1000

export const createRequestJournal = () => {
  const seen: SeenRequest[] = []
  return {
    open({ method, path, body, at, serial }: { method: string; path: string; body: string; at: Date; serial?: string | undefined }) {
      const request: SeenRequest = {
        at: at.toISOString(),
        method,
        path,
        body,
        wechatpay_serial: serial ?? null,
        sub_mchid: null,
        scenario: null,
        changed: false,
        http_status: null,
        request_id: null,
      }
      seen.push(request)
      if (seen.length > KEPT) seen.shift()
      return {
        about: (sub_mchid: string, scenario: string) => void Object.assign(request, { sub_mchid, scenario }),
        changed: () => void (request.changed = true),
        answered: (http_status: number, request_id: string) => void Object.assign(request, { http_status, request_id }),
      }
    },
    all: (): SeenRequest[] => structuredClone(seen),
    forget: () => void (seen.length = 0),
  }
}
