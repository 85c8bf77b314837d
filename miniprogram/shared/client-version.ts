// Versions of the mini program, x.y.z, on both sides.

const VERSION = /^(\d+)\.(\d+)\.(\d+)/
export const isVersion = (text: string): boolean => /^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(text)

/** Whether `version` is before `least`. What is no version (a build that was not released says 0.0.0) is not judged. */
export function isOlder(version: string, least: string): boolean {
  const [one, other] = [VERSION.exec(version), VERSION.exec(least)]
  if (!one || !other || one[0] === '0.0.0') return false
  for (const part of [1, 2, 3]) {
    const difference = Number(one[part]) - Number(other[part])
    if (difference !== 0) return difference < 0
  }
  return false
}
