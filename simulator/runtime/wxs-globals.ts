// What WXS code sees besides JavaScript's own.

/** Parameter list and values for evaluating compiled templates. */
export const WXS_GLOBALS = {
  getRegExp: (pattern: string, flags?: string) => new RegExp(pattern, flags),
  getDate: (...args: []) => new Date(...args),
  /** `x.constructor` in WXS is the type's name */
  $constructorOf: (value: unknown) => Object.prototype.toString.call(value).slice(8, -1),
}
