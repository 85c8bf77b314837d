// What 员工 asks of the backend.
import type { NewStaff, StaffInvite, StaffMember, StaffPage, StaffQuery, StaffRequest } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { ControlOptions } from '../../../api/endpoints'
import type { Http } from '../../../api/http'

const staffMember = (id: string): string => `/v1/staff/${encodeURIComponent(id)}`

export const createStaffApi = (http: Http) => ({
  /** In the order of their state, then of their names. Throws ApiError INVALID_CURSOR. */
  listStaff: async (query: StaffQuery, scope?: AbortScope): Promise<StaffPage> =>
    (await http.get<StaffPage>('/v1/staff', { query, scope, has: 'items' })).body,
  /** Throws ApiError NOT_FOUND. */
  getStaff: async (id: string, scope?: AbortScope): Promise<StaffMember> =>
    (await http.get<StaffMember>(staffMember(id), { scope, has: 'display_name' })).body,
  /** Throws ApiError VALIDATION_FAILED. */
  addStaff: async (body: NewStaff, key: string): Promise<StaffMember> =>
    (await http.write<StaffMember>('/v1/staff', { method: 'POST', body, key, has: 'display_name' })).body,
  /** All of what may be set. Throws ApiError VERSION_MISMATCH, OWN_ROLE, LAST_ADMIN, SHOPS_LEFT, VALIDATION_FAILED. */
  putStaff: async (id: string, body: StaffRequest, options: ControlOptions): Promise<StaffMember> =>
    (await http.write<StaffMember>(staffMember(id), { method: 'PUT', body, ...options, has: 'display_name' })).body,
  /** A code that is shown this once; an earlier one is void. Throws ApiError PERSON_DISABLED. */
  inviteStaff: async (id: string, key: string): Promise<StaffInvite> =>
    (await http.write<StaffInvite>(`${staffMember(id)}/invite`, { method: 'POST', body: {}, key, has: 'expires_at' })).body,
})
export type StaffApi = ReturnType<typeof createStaffApi>
