// The provider's register of appids: which of them are 公众号 and which mini programs, and whose. WeChat Pay calls both payments JSAPI; only this tells them
// apart. Orders that were asked for are read by the register as it stands now, so a change moves their shops' verdicts.
import { Type, type Static } from 'typebox'
import { Instant, nullable, SEEN, SubMchid } from '../../http/schema.ts'

export const Appid = Type.String({ pattern: '^wx[0-9a-zA-Z]{6,30}$' })

/** unregistered: entered by mistake, the same as never entered. One that is no longer used keeps its kind and has an end */
export const AppidKind = Type.Union([
  Type.Literal('official_account'),
  Type.Literal('mini_program'),
  Type.Literal('app'),
  Type.Literal('unregistered'),
])
export type AppidKind = Static<typeof AppidKind>

export const longestAppidName = 60

/** PUT /appids/{appid}: all that may be said of it */
export const AppidRequest = Type.Object(
  {
    kind: AppidKind,
    name: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: longestAppidName, pattern: SEEN }))),
    /** whose it is; null: the provider's own */
    sub_mchid: Type.Optional(nullable(SubMchid)),
    /** since when it is no longer used: orders from before are still read by it. May not lie in the future */
    ended_at: Type.Optional(nullable(Instant)),
  },
  { additionalProperties: false },
)
export type AppidRequest = Static<typeof AppidRequest>

export const AppidEntry = Type.Object(
  {
    appid: Appid,
    kind: AppidKind,
    name: nullable(Type.String()),
    /** null: the provider's own; the name is null for one that is no longer in the directory */
    owner: nullable(Type.Object({ sub_mchid: SubMchid, name: nullable(Type.String()) })),
    ended_at: nullable(Instant),
    updated_at: Instant,
    /** null: a command on the server */
    updated_by: nullable(Type.String()),
    /** orders that were asked for and had been paid with it */
    orders: Type.Integer(),
    /** what its last change did to the verdicts of the shops of those orders; total null: not known yet, and it goes on while done is less. null: nothing to do */
    effect: nullable(
      Type.Object({ done: Type.Integer(), total: nullable(Type.Integer()), changed: Type.Integer(), under_way: Type.Boolean() }),
    ),
    /** 0: it was never entered */
    version: Type.Integer(),
  },
  { $id: 'AppidEntry' },
)
export type AppidEntry = Static<typeof AppidEntry>

/** GET /appids */
export const AppidQuery = Type.Object({
  /** in the appid, the name, the owner's name, or a 商户号 */
  q: Type.Optional(Type.String({ maxLength: 64 })),
  /** current: used now · ended · unregistered: taken out again */
  state: Type.Optional(Type.Union([Type.Literal('current'), Type.Literal('ended'), Type.Literal('unregistered')])),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  cursor: Type.Optional(Type.String({ maxLength: 512 })),
})
export type AppidQuery = Static<typeof AppidQuery>

export const AppidList = Type.Object(
  {
    /** in the order of appids */
    items: Type.Array(AppidEntry),
    next_cursor: nullable(Type.String()),
    total: Type.Integer(),
    /** on the first page without a search: appids that orders were paid with and that nobody entered, most orders first, at most 20 */
    missing: Type.Array(Type.Object({ appid: Type.String(), orders: Type.Integer(), last_paid_at: Instant })),
    /** of the whole register */
    register_version: Type.Integer(),
  },
  { $id: 'AppidList' },
)
export type AppidList = Static<typeof AppidList>

/** POST /appid-lists/preview and /appid-lists: one entry a line: AppID, kind (公众号, 小程序, App), 商户号 and name where there are any, in any order */
export const AppidListRequest = Type.Object({ text: Type.String({ minLength: 1, maxLength: 80_000 }) }, { additionalProperties: false })
export type AppidListRequest = Static<typeof AppidListRequest>

export const AppidRefusal = Type.Union([
  Type.Literal('NO_APPID'),
  Type.Literal('NO_KIND'),
  Type.Literal('TWICE'),
  Type.Literal('SUB_MERCHANT_NOT_FOUND'),
  Type.Literal('NAME_TOO_LONG'),
  Type.Literal('TOO_MANY_LINES'),
])
export type AppidRefusal = Static<typeof AppidRefusal>

const Said = Type.Object({ kind: AppidKind, name: nullable(Type.String()), sub_mchid: nullable(SubMchid) })

export const AppidListResult = Type.Object(
  {
    /** entered, changed, said already as it stands there; counts of lines */
    added: Type.Integer(),
    changed: Type.Integer(),
    same: Type.Integer(),
    /** the first 50 that are new or different */
    entries: Type.Array(Type.Object({ line: Type.Integer(), appid: Appid, before: nullable(Said), after: Said })),
    refused: Type.Array(Type.Object({ line: Type.Integer(), text: Type.String(), reason: AppidRefusal })),
    /** that the comparison was made with: If-Match of POST /appid-lists */
    register_version: Type.Integer(),
  },
  { $id: 'AppidListResult' },
)
export type AppidListResult = Static<typeof AppidListResult>
