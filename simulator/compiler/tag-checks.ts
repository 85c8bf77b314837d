// What WeChat's tools would say of a tag of a template: components, attributes and directives that are none, or that the simulator does not play.
import { BUILTINS, COMMON_ATTRIBUTES, LACKING_TAGS, STRUCTURAL_TAGS } from '../builtins/attributes.ts'
import type { Tag } from './wxml-tags.ts'

const EVENT = /^(capture-)?(bind|catch|mut-bind):?|^(data-|aria-|wx:|mark:|generic:|change:|slot:|let:|class:|style:)/
const DIRECTIVES = new Set('if elif else for for-index for-item for-items key'.split(' '))

/** Neither built-in nor declared, or built-in and not played. */
export const isForeign = (name: string, declared: ReadonlySet<string>) =>
  !STRUCTURAL_TAGS.has(name) && !declared.has(name) && BUILTINS[name] === undefined

/**
 * @param declared names of usingComponents and generics
 * @param report told of each, with its place in the text
 */
export function checkTag(tag: Tag, declared: ReadonlySet<string>, report: (offset: number, message: string) => void): void {
  if (STRUCTURAL_TAGS.has(tag.name) || declared.has(tag.name)) return checkDirectives(tag, report)
  const builtin = BUILTINS[tag.name]
  if (!builtin) {
    const why = LACKING_TAGS.has(tag.name)
      ? 'is a built-in component that the simulator lacks'
      : 'is neither a built-in component nor in usingComponents'
    report(tag.offset, `<${tag.name}> ${why}`)
    return
  }
  checkDirectives(tag, report)
  for (const { name, offset } of tag.attributes) {
    if (builtin.lacking.has(name)) report(offset, `<${tag.name}> attribute "${name}" is not supported by the simulator`)
    else if (!isCommon(name) && !builtin.attributes.has(name.replace(/^model:/, '')))
      report(offset, `<${tag.name}> has no attribute "${name}"`)
  }
}

const isCommon = (name: string) => COMMON_ATTRIBUTES.has(name) || EVENT.test(name)

/** `wx-if` and `wx:fro` are silently without effect in WeChat. */
function checkDirectives(tag: Tag, report: (offset: number, message: string) => void): void {
  for (const { name, offset } of tag.attributes) {
    const wrong = /^wx-(\w+(?:-\w+)*)$/.exec(name)?.[1]
    if (wrong && DIRECTIVES.has(wrong)) report(offset, `"${name}" has no effect; write "wx:${wrong}"`)
    if (name.startsWith('wx:') && !DIRECTIVES.has(name.slice(3))) report(offset, `"${name}" is not a directive`)
  }
}
