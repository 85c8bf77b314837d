// The provider's register of appids: which of them are 公众号 and which mini programs. WeChat Pay calls both payments JSAPI; only this tells them apart.
import { Type, type Static } from 'typebox'
import { Instant, nullable } from '../../http/schema.ts'

export const Appid = Type.String({ pattern: '^wx[0-9a-zA-Z]{6,30}$' })

/** unregistered: taken out again, the same as never entered */
export const AppidKind = Type.Union([
  Type.Literal('official_account'),
  Type.Literal('mini_program'),
  Type.Literal('app'),
  Type.Literal('unregistered'),
])
export type AppidKind = Static<typeof AppidKind>

/** PUT /appids/{appid} */
export const AppidRequest = Type.Object(
  { kind: AppidKind, name: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 60 }))) },
  { additionalProperties: false },
)
export type AppidRequest = Static<typeof AppidRequest>

export const AppidEntry = Type.Object(
  { appid: Appid, kind: AppidKind, name: nullable(Type.String()), updated_at: Instant },
  { $id: 'AppidEntry' },
)
export type AppidEntry = Static<typeof AppidEntry>

/** GET /appids, in the order of appids */
export const AppidList = Type.Object({ items: Type.Array(AppidEntry) }, { $id: 'AppidList' })
export type AppidList = Static<typeof AppidList>
