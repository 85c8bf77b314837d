import { Type, type Static } from 'typebox'
import { RegionCode } from '../../http/schema.ts'

/** GB/T 2260 tree cut down to the caller's scope: province → city → district. */
const District = Type.Object({ code: RegionCode, name: Type.String() })
const City = Type.Object({ code: RegionCode, name: Type.String(), children: Type.Array(District) })
export const Region = Type.Object({ code: RegionCode, name: Type.String(), children: Type.Array(City) }, { $id: 'Region' })
export type Region = Static<typeof Region>
export const RegionTree = Type.Object({ items: Type.Array(Region) })
export type RegionTree = Static<typeof RegionTree>
