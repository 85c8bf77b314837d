import { Type, type Static } from 'typebox'

/** 同业过滤标签: one of WeChat Pay's 36 IndustryType values, official spelling. */
const Industry = Type.Object({ code: Type.String(), label_zh: Type.String(), label_en: Type.String() }, { $id: 'Industry' })
type Industry = Static<typeof Industry>
export const IndustryList = Type.Object({ items: Type.Array(Industry) })
export type IndustryList = Static<typeof IndustryList>
