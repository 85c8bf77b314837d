import { isDeepStrictEqual } from 'node:util'

/** Polls until `look` answers without throwing and not undefined, null or false; then answers that. Fails with the last reason. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T> | T,
  { timeout = 90_000, every = 50 } = {},
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeout
  let reason = 'it never came'
  while (Date.now() < deadline) {
    try {
      const seen = await look()
      if (seen !== undefined && seen !== null && seen !== false) return seen as NonNullable<T>
      reason = `it was ${String(seen)}`
    } catch (error) {
      reason = (error as Error).message
    }
    await new Promise(done => setTimeout(done, every))
  }
  throw new Error(`${what}: waited ${timeout} ms, ${reason}`)
}

/** Waits until what is read is this. */
export function becomes<T>(wanted: T, read: () => Promise<T | null> | T): Promise<unknown> {
  return eventually(`it to be ${JSON.stringify(wanted)}`, async () => {
    const seen = await read()
    if (isDeepStrictEqual(seen, wanted)) return true
    throw new Error(`it was ${JSON.stringify(seen)}`)
  })
}
