// An old engine: the app's realm loses what the oldest phones lack (iOS 12, Android WebView 67), so that using it fails here as it does there.
// Names and versions: MDN's browser-compat-data, compared by a test; Intl, because WeChat's Android engine has none whatever its version.
// Syntax is not lowered: WeChat's tools compile it down. Regular expressions are not, and a file with one that the engine cannot read does not run.

/** The global object of the app's realm. */
export type AppWindow = Window & typeof globalThis

/** Globals, and members of constructors. */
export const LACKING: Record<string, string> = {
  globals: `AggregateError AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array DisposableStack FinalizationRegistry Float16Array Intl
    Iterator SharedArrayBuffer SuppressedError Temporal WeakRef globalThis`,
  Array: 'fromAsync',
  Error: 'captureStackTrace isError',
  JSON: 'isRawJSON rawJSON',
  Map: 'groupBy',
  Math: 'f16round sumPrecise',
  Object: 'fromEntries groupBy hasOwn',
  Promise: 'allKeyed allSettled allSettledKeyed any try withResolvers',
  RegExp: 'escape',
  Symbol: 'asyncDispose dispose matchAll',
  Uint8Array: 'fromBase64 fromHex',
}

/** Members of values. */
export const LACKING_OF_VALUES: Record<string, string> = {
  Array: 'at findLast findLastIndex flat flatMap toReversed toSorted toSpliced with',
  ArrayBuffer: 'detached maxByteLength resizable resize transfer transferToFixedLength',
  DataView: 'getBigInt64 getBigUint64 getFloat16 setBigInt64 setBigUint64 setFloat16',
  Date: 'toTemporalInstant',
  Map: 'getOrInsert getOrInsertComputed',
  RegExp: 'hasIndices unicodeSets',
  Set: 'difference intersection isDisjointFrom isSubsetOf isSupersetOf symmetricDifference union',
  String: 'at isWellFormed matchAll replaceAll toWellFormed',
  Symbol: 'description',
  TypedArray: 'at findLast findLastIndex toReversed toSorted with',
  Uint8Array: 'setFromBase64 setFromHex toBase64 toHex',
  WeakMap: 'getOrInsert getOrInsertComputed',
}

const words = (text: string) => text.split(/\s+/)
const LOOK_BEHIND = /\(\?<[=!]/
const NEW_FLAGS = /[dv]/
/** a regular expression written in code: after what a value may follow */
const WRITTEN = /(?:^|[=(,:;!&|?{}[+\n]|\breturn|\btypeof)\s*\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([a-z]*)/g

/** Before any code of the app runs. */
export function lowerEngine(window: AppWindow): void {
  const realm = window as unknown as Record<string, { prototype: object } & Record<string, unknown>>
  const typedArray = Object.getPrototypeOf(realm['Int8Array']) as { prototype: object }
  for (const [owner, names] of Object.entries(LACKING_OF_VALUES)) {
    const { prototype } = owner === 'TypedArray' ? typedArray : realm[owner]!
    for (const name of words(names)) Reflect.deleteProperty(prototype, name)
  }
  for (const [owner, names] of Object.entries(LACKING))
    for (const name of words(names)) Reflect.deleteProperty(owner === 'globals' ? window : realm[owner]!, name)
  const refuse = (pattern: unknown, flags: unknown) => {
    const source = pattern instanceof window.RegExp ? pattern.source : String(pattern)
    if (LOOK_BEHIND.test(source) || NEW_FLAGS.test(String(flags ?? ''))) throw refusal(window, `/${source}/${String(flags ?? '')}`)
  }
  window.RegExp = new window.Proxy(window.RegExp, {
    construct(target, [pattern, flags]: [unknown, unknown], made) {
      refuse(pattern, flags)
      return Reflect.construct(target, [pattern, flags], made) as object
    },
    apply(target, self, [pattern, flags]: [unknown, unknown]) {
      refuse(pattern, flags)
      return Reflect.apply(target as unknown as () => unknown, self, [pattern, flags])
    },
  })
}

/** @throws SyntaxError of the realm for code with a regular expression that the engine cannot read: nothing of the file runs */
export function refuseNewExpressions(window: AppWindow, code: string): void {
  for (const [, source = '', flags = ''] of code.matchAll(WRITTEN))
    if (LOOK_BEHIND.test(source) || NEW_FLAGS.test(flags)) throw refusal(window, `/${source}/${flags}`)
}

const refusal = (window: AppWindow, expression: string) =>
  new window.SyntaxError(`Invalid regular expression: ${expression}: invalid group specifier name or flag`)
