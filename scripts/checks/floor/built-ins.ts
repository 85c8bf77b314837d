// ECMAScript's built-ins and which of them the floor lacks.
import type { Identifier } from '@mdn/browser-compat-data'
import { at, lackingIn } from './engines.ts'
import { ADDED, WECHAT_GLOBALS, WECHAT_LACKS } from './table.ts'

/** Whose methods are met on a value whose type a script does not tell; the others' are named by their owner. */
const VALUES = /^(Array|ArrayBuffer|DataView|Date|Iterator|Map|Set|String|TypedArray|Uint8Array|WeakMap)$/
/** of those, the ones of the constructor */
const OF_CONSTRUCTOR = /^(fromAsync|fromBase64|fromHex|groupBy|zip|zipKeyed)$/

export interface BuiltIns {
  /** every global that a script may name */
  globals: Set<string>
  /** `Object.groupBy`, `BigInt` → the engines that lack it */
  lacking: Map<string, string>
  /** a method that no value at the floor has → whose it is, and the engines that lack it */
  lackingMethods: Map<string, string>
}

function readBuiltIns(): BuiltIns {
  const globals = new Set(WECHAT_GLOBALS)
  const lacking = new Map<string, string>()
  const known = new Set<string>()
  const newer = new Map<string, string>()
  for (const [name, owner] of Object.entries(at('javascript.builtins') as Record<string, Identifier>)) {
    if (name === '__compat') continue
    const missing = lackingIn(owner)
    if (missing || WECHAT_LACKS.includes(name)) lacking.set(name, missing || 'WeChat')
    else globals.add(name)
    for (const [member, feature] of Object.entries(owner as Record<string, Identifier>)) {
      if (member === '__compat' || member === name || !/^\w+$/.test(member)) continue
      const full = `${name}.${member}`
      const memberMissing = missing || lackingIn(feature)
      if (!memberMissing || ADDED.includes(full)) known.add(member)
      else {
        lacking.set(full, memberMissing)
        if (VALUES.test(name) && !OF_CONSTRUCTOR.test(member)) newer.set(member, newer.get(member) ?? `${full}: ${memberMissing}`)
      }
    }
  }
  return { globals, lacking, lackingMethods: new Map([...newer].filter(([member]) => !known.has(member))) }
}

let read: BuiltIns | undefined
export const builtIns = (): BuiltIns => (read ??= readBuiltIns())
