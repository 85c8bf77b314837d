// The audit trail as clients read it (product.md M23).
import { Type, type Static } from 'typebox'
import { Instant, PageQuery, Role, SubMchid, Uuid, nullable, pageOf } from '../../http/schema.ts'

/** The fields that changed, as `before` they were and as `after` they are; what they are depends on the action. */
const Fields = Type.Record(Type.String(), Type.Unknown())

export const AuditEntry = Type.Object(
  {
    id: Uuid,
    at: Instant,
    /** null: the system itself. id of a command on the server: import, command; these have no name and no role */
    actor: nullable(Type.Object({ id: Type.String(), display_name: nullable(Type.String()), role: nullable(Role) })),
    /** gold_plan.open, receipt.close, visit.submit, provider.change … */
    action: Type.String(),
    /** name: of the shop, the person or the provider as it is now; null: there is none any more */
    target: Type.Object({ type: Type.String(), id: Type.String(), name: nullable(Type.String()) }),
    before: nullable(Fields),
    after: nullable(Fields),
    reason: nullable(Type.String()),
    request_id: nullable(Type.String()),
    /** version of the app that asked */
    client: nullable(Type.String()),
  },
  { $id: 'AuditEntry' },
)
export type AuditEntry = Static<typeof AuditEntry>

/** GET /audit-entries. A page may hold fewer than `limit`, or none, and still have a next_cursor: it then looked at all that it may at once. */
export const AuditQuery = Type.Object(
  {
    sub_mchid: Type.Optional(SubMchid),
    actor: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: 'id of a member of staff, import, command, or system: nobody asked for it' }),
    ),
    action: Type.Optional(Type.String({ pattern: '^[a-z_]+(\\.[a-z_]+)*$', maxLength: 64 })),
    from: Type.Optional(Type.String({ format: 'date-time', description: 'at or after' })),
    to: Type.Optional(Type.String({ format: 'date-time', description: 'before' })),
    ...PageQuery.properties,
  },
  { additionalProperties: false },
)
export type AuditQuery = Static<typeof AuditQuery>

export const AuditPage = pageOf(AuditEntry)
export type AuditPage = Static<typeof AuditPage>
