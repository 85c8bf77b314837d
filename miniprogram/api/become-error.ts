/**
 * Gives an instance what `extends Error` would give it. Compiled for the oldest engines, a class that extends a built-in one takes 4 KB of Babel's helpers,
 * which every launch would run. Its prototype is to be below Error's: `Object.setPrototypeOf(Class.prototype, Error.prototype)`.
 */
export function becomeError(one: Error, message: string): void {
  const { stack } = new Error(message)
  Object.defineProperty(one, 'message', { value: message, enumerable: false, writable: true, configurable: true })
  Object.defineProperty(one, 'stack', { value: stack, enumerable: false, writable: true, configurable: true })
}
