/**
 * What is read when the app starts must not keep it from starting: some phones throw at one of WeChat's own readings (a full or damaged storage, no
 * capsule on a computer).
 * @param name of the reading, for whoever looks at the log
 */
export function whatWorks<T>(name: string, read: () => T, otherwise: T): T {
  try {
    return read()
  } catch (error) {
    console.warn(`${name} failed`, error instanceof Error ? error.message : typeof error)
    return otherwise
  }
}
