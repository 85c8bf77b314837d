// How pure rules say things: they name a message and its values, the language is chosen by the caller.
import type { zhCN } from '../i18n/zh-CN'

export type MessageKey = keyof typeof zhCN
export type MessageValues = Record<string, string | number>
/** The sentence behind a key, with {name} replaced by values.name. */
export type Say = (key: MessageKey, values?: MessageValues) => string
export type Language = 'zh-CN' | 'en'
