// A phone draws Chinese in whatever font an app names, by falling back to its own. A machine without a Chinese font has nothing to fall back to, so the
// web font that the simulator brings stands at the end of every list.
export const CHINESE = "'Noto Sans SC Variable'"
/** values that are no list of families, to which nothing can be added; what a variable stands for is a list as a rule */
const WHOLE = /^\s*(inherit|initial|unset|revert|revert-layer)\s*$/i
/** `font` may name a font of the system, which has no list either */
const SYSTEM = /^\s*(caption|icon|menu|message-box|small-caption|status-bar)\s*$/i

/** @param families value of `font-family` or `font`, without `!important` */
export function withChinese(families: string): string {
  if (WHOLE.test(families) || SYSTEM.test(families) || /\binherit\b/i.test(families) || families.includes(CHINESE)) return families
  return `${families.trimEnd()}, ${CHINESE}`
}

/** The same for the text of a `style` attribute. */
export function styleWithChinese(style: string): string {
  return style.replace(
    /(^|[;\s])(font(?:-family)?\s*:)([^;!]+)/gi,
    (_, before: string, name: string, value: string) => before + name + withChinese(value),
  )
}
