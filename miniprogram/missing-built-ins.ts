// Built-ins that the app uses and the oldest supported engines lack: Android's WebView 67 has neither flat nor flatMap, and neither it nor iOS 12 has
// Object.fromEntries. Defined before anything else runs, so app.ts imports this first; scripts/checks/floor refuses every other built-in that an engine
// lacks. WeChat's own base library may have added them already.

/** @param depth how many levels of arrays in arrays are taken out, 1 unless given */
function flattened(list: readonly unknown[], depth: number): unknown[] {
  return list.reduce<unknown[]>((flat, item) => flat.concat(Array.isArray(item) && depth > 1 ? flattened(item, depth - 1) : item), [])
}

/** As the language defines its own methods: not enumerable, so that `for … in` does not meet them. */
function add(owner: object, name: string, method: (...given: never[]) => unknown): void {
  if (!(name in owner)) Object.defineProperty(owner, name, { value: method, writable: true, configurable: true })
}

add(Array.prototype, 'flat', function (this: readonly unknown[], depth = 1) {
  return depth < 1 ? this.slice() : flattened(this, depth)
})
add(
  Array.prototype,
  'flatMap',
  function (this: readonly unknown[], map: (item: unknown, index: number, list: readonly unknown[]) => unknown, self?: unknown) {
    return flattened(
      this.map((item, index) => map.call(self, item, index, this)),
      1,
    )
  },
)
add(Object, 'fromEntries', (entries: Iterable<readonly [PropertyKey, unknown]>) => {
  const made: Record<PropertyKey, unknown> = {}
  for (const [key, value] of entries) made[key] = value
  return made
})
