// Login by wx.login and binding of a WeChat user to a member of staff (product.md M01, §7.2).
import { Type, type Static } from 'typebox'
import { Instant } from '../../http/schema.ts'
import { Staff } from '../staff/schema.ts'

/** POST /sessions */
export const SessionRequest = Type.Object({ code: Type.String({ minLength: 1, maxLength: 128 }) }, { additionalProperties: false })
export type SessionRequest = Static<typeof SessionRequest>

/** token: opaque, 256 bit, base64url; sent as `Authorization: Bearer` */
export const Session = Type.Object({ token: Type.String(), expires_at: Instant, staff: Staff }, { $id: 'Session' })
export type Session = Static<typeof Session>

/** this WeChat user is not bound yet: the ticket allows 5 invite codes, 10 minutes */
export const BindingRequired = Type.Object(
  { binding_required: Type.Literal(true), bind_ticket: Type.String(), expires_at: Instant },
  { $id: 'BindingRequired' },
)
export type BindingRequired = Static<typeof BindingRequired>

/** POST /staff-bindings */
export const StaffBindingRequest = Type.Object(
  { bind_ticket: Type.String({ minLength: 1, maxLength: 128 }), invite_code: Type.String({ minLength: 1, maxLength: 64 }) },
  { additionalProperties: false },
)
export type StaffBindingRequest = Static<typeof StaffBindingRequest>
