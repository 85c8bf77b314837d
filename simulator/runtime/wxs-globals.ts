// What WXS code sees besides JavaScript's own.

/** Parameter list and values for evaluating compiled templates. */
export const WXS_GLOBALS = {
  getRegExp: (pattern: string, flags?: string) => new RegExp(pattern, flags),
  getDate: (...args: []) => new Date(...args),
  /** `x.constructor` in WXS is the type's name */
  $constructorOf: (value: unknown) => Object.prototype.toString.call(value).slice(8, -1),
  $loop: turn,
}

/** milliseconds that loops may run before the phone is drawn again; in WeChat they freeze it for ever */
const LOOP_LIMIT = 3_000
/** looking at the clock at each turn would make loops slow */
const TURNS = 1_024
let turns = 0
let since: number | undefined

/** @throws Error that names the loop which ran for too long */
function turn(place: string): void {
  turns += 1
  if (turns % TURNS !== 0) return
  const now = performance.now()
  if (since === undefined) {
    since = now
    // while a loop runs no timer does: the next task starts anew
    setTimeout(() => (since = undefined))
  } else if (now - since > LOOP_LIMIT) {
    since = undefined
    throw new Error(`${place}: this loop of WXS ran for ${LOOP_LIMIT / 1_000} seconds without an end; it was cut`)
  }
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

/**
 * @param expression as the compiler made it: the compiled template of every path
 * @param failed told of WXS that throws while it is read; the templates stand all the same
 */
export function evaluateTemplates<Templates>(expression: string, failed: (error: unknown, name: string) => void): Templates {
  const values: Record<string, unknown> = {
    ...Object.fromEntries(HIDDEN.map(name => [name, undefined])),
    ...WXS_GLOBALS,
    $script: (name: string, read: () => void) => {
      try {
        read()
      } catch (error) {
        failed(error, name)
      }
    },
  }
  const make = new Function(...Object.keys(values), `return ${expression}`) as (...given: unknown[]) => Templates
  return make(...Object.values(values))
}
