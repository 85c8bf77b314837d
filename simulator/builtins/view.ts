import { HOVER_PROPERTIES, hoverable, type Builtin } from './define.ts'

export const view: Builtin = { tag: 'view', properties: HOVER_PROPERTIES, setup: host => hoverable(host) }
export const coverView: Builtin = { tag: 'cover-view', properties: { scrollTop: [Number, 0] } }
