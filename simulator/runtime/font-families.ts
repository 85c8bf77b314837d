// A phone draws Chinese in whatever font an app names, by falling back to its own. A machine without a Chinese font has nothing to fall back to, so the
// web font that the simulator brings stands at the end of every list.
const CHINESE = "'Noto Sans SC Variable'"
const WHOLE = /^\s*(inherit|initial|unset|revert|revert-layer|var\([^()]*\))\s*$/i

/** @param families value of `font-family`, without `!important` */
export function withChinese(families: string): string {
  return WHOLE.test(families) || families.includes(CHINESE) ? families : `${families.trimEnd()}, ${CHINESE}`
}

/** The same for the text of a `style` attribute. */
export function styleWithChinese(style: string): string {
  return style.replace(
    /(^|[;\s])(font-family\s*:)([^;!]+)/gi,
    (_, before: string, name: string, value: string) => before + name + withChinese(value),
  )
}
