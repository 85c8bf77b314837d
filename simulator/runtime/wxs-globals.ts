// What WXS code sees besides JavaScript's own.

/** Parameter list and values for evaluating compiled templates. */
export const WXS_GLOBALS = {
  getRegExp: (pattern: string, flags?: string) => new RegExp(pattern, flags),
  getDate: (...args: []) => new Date(...args),
  /** `x.constructor` in WXS is the type's name */
  $constructorOf: (value: unknown) => Object.prototype.toString.call(value).slice(8, -1),
}

/** What templates and WXS must not see of the browser. */
const HIDDEN = [
  'window',
  'document',
  'self',
  'top',
  'parent',
  'frames',
  'location',
  'navigator',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'fetch',
]

/** @param expression as the compiler made it: the compiled template of every path */
export function evaluateTemplates<Templates>(expression: string): Templates {
  const make = new Function(...HIDDEN, ...Object.keys(WXS_GLOBALS), `return ${expression}`) as (...values: unknown[]) => Templates
  return make(...HIDDEN.map(() => undefined), ...Object.values(WXS_GLOBALS))
}
