// App and simulator share one Promise. An app, or a polyfill in it, that replaces `Promise.prototype.finally` must not reach the simulator's own requests
// and routing, so what is assigned to a method of Promise is kept out; native ones do what a polyfill does.

/** Methods stay as they are whatever is assigned to them; objects that inherit from Promise may still have methods of their own. */
export function keepPromises(): void {
  for (const holder of [Promise, Promise.prototype] as object[]) {
    for (const [name, { value, writable, enumerable }] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
      if (typeof value !== 'function' || !writable || name === 'constructor') continue
      Object.defineProperty(holder, name, {
        configurable: true,
        enumerable: enumerable ?? false,
        get: () => value as unknown,
        set(this: object, own: unknown) {
          if (this === holder) console.warn(`Promise: the app’s own ${name} is not taken`)
          else Object.defineProperty(this, name, { value: own, writable: true, enumerable: true, configurable: true })
        },
      })
    }
  }
}
