// Idempotency keys and request ids: UUID version 4.

/** `random` gives numbers in [0, 1). Phones have no crypto.randomUUID in every base library; these ids need to be unique, not secret. */
export function uuid(random: () => number = Math.random): string {
  const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')
  const variant = (8 + Math.floor(random() * 4)).toString(16)
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(12)}`
}
