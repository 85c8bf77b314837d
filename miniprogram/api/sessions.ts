import type { BindingRequired, Session, SessionRequest, StaffBindingRequest } from '../../typings/api'
import type { Http } from './http'

export const sessionsApi = (http: Http) => ({
  /** Logs in by the code of wx.login. Throws ApiError STAFF_DISABLED, INVALID_LOGIN_CODE, WECHAT_UNAVAILABLE. */
  createSession: async (request: SessionRequest): Promise<Session | BindingRequired> =>
    (await http.open<Session | BindingRequired>('/v1/sessions', { method: 'POST', body: request, key: null })).body,
  /** Binds this WeChat user to the member of staff that was invited. Throws ApiError INVITE_INVALID, INVITE_EXPIRED, ALREADY_BOUND, BIND_TICKET_INVALID. */
  bindStaff: async (request: StaffBindingRequest): Promise<Session> =>
    (await http.open<Session>('/v1/staff-bindings', { method: 'POST', body: request, key: null })).body,
  deleteSession: async (): Promise<void> => {
    await http.write('/v1/sessions/current', { method: 'DELETE', key: null, renew: false })
  },
})
