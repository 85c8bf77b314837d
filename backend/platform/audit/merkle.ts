// Hashes of the audit trail. Leaves, inner nodes and the chain of roots begin with a byte of their own, so that none can be passed off as another.
import { createHash } from 'node:crypto'

/** bytes of a hash */
export const hashLength = 32

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const NODE = Buffer.of(1)
const CHAIN = Buffer.of(2)

/** RFC 6962, 2.1: the hash of a leaf's content. */
export const leafOf = (content: Buffer): Buffer => sha256(Buffer.of(0), content)

/**
 * RFC 6962, 2.1.
 * @param leaves hashes of leaves, one after the other
 * @returns the Merkle tree hash
 */
export function rootOf(leaves: Buffer): Buffer {
  if (leaves.length === 0) return sha256()
  // pairs from the left, a single one at the end goes up as it is: the same tree as splitting at powers of two
  let level: Buffer[] = []
  for (let at = 0; at < leaves.length; at += hashLength) level.push(leaves.subarray(at, at + hashLength))
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at]!, level[at + 1]]
      above.push(right ? sha256(NODE, left, right) : left)
    }
    level = above
  }
  return level[0]!
}

export interface Seal {
  /** 1, 2, 3 … */
  number: number
  sealed_at: Date
  /** ids of the sealed entries, in order */
  entries: readonly string[]
  /** their hashes, one after the other */
  leaves: Buffer
  /** rootOf(leaves) */
  entries_root: Buffer
  /** root of the seal before */
  previous: Buffer
}

/** What comes before the first seal. */
export const beginning = Buffer.alloc(hashLength)

/** @returns the root that stands for this seal and all before it */
export function chainedRoot({ number, sealed_at, entries, entries_root, previous }: Omit<Seal, 'leaves'>): Buffer {
  const numbers = Buffer.alloc(24)
  numbers.writeBigUInt64BE(BigInt(number), 0)
  numbers.writeBigInt64BE(BigInt(sealed_at.getTime()), 8)
  numbers.writeBigUInt64BE(BigInt(entries.length), 16)
  return sha256(CHAIN, previous, numbers, sha256(entries.join()), entries_root)
}
