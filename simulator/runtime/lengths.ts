// Units of WXSS that CSS does not have, in style sheets (at build) and in style attributes (at run time).

const RPX = /(^|[^\w#-])([+-]?(?:\d+\.?\d*|\.\d+))rpx\b/g
const SAFE_AREA = /env\(\s*(safe-area-inset-(?:top|right|bottom|left))\s*(?:,[^()]*)?\)/g

/** rpx → vw (750rpx is the screen's width) and env(safe-area-inset-…) → the phone's CSS variables. */
export function convertLengths(css: string): string {
  let converted = css
  if (converted.includes('rpx')) {
    converted = converted.replace(RPX, (_, before: string, value: string) => `${before}${Number((Number(value) / 7.5).toFixed(10))}vw`)
  }
  if (converted.includes('safe-area-inset')) converted = converted.replace(SAFE_AREA, 'var(--$1, 0px)')
  return converted
}
