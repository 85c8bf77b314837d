// POST /sub-merchants/{sub_mchid}/limitations/refresh
import { Type, type Static } from 'typebox'
import { nullable } from '../../http/schema.ts'
import { Evidence } from '../schema.ts'
import { Verdict } from '../verdict/schema.ts'

export const LimitationRefresh = Type.Object({}, { additionalProperties: false })

export const LimitationState = Type.Object(
  {
    /** what WeChat Pay said just now */
    limited: Type.Boolean(),
    /** the newest limitation, or its end; null: there never was one */
    evidence: nullable(Evidence),
    migration: Verdict,
  },
  { $id: 'LimitationState' },
)
export type LimitationState = Static<typeof LimitationState>
