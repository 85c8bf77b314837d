// How pure rules say things: they name a message and its values, the language is chosen by the caller.
import type { errorsZhCN } from '../shared/errors'

declare global {
  /** The words of pages and packages: each dictionary adds its own. */
  interface PageWords {}
}

export type MessageKey = keyof typeof errorsZhCN | keyof PageWords
/** first part of a key: `detail` of `detail.change` */
export type MessageSection = MessageKey extends `${infer Section}.${string}` ? Section : never
type MessageValues = Record<string, string | number>
/** The sentence behind a key, with {name} replaced by values.name. */
export type Say = (key: MessageKey, values?: MessageValues) => string
export type Language = 'zh-CN' | 'en'
