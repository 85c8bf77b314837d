// The keys of sandboxes, made once a worker: a file that starts one asks for four, and each takes a tenth of a second of a processor.
import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'

const generate = promisify(generateKeyPair)
/** in the order in which a file asks for them */
const keys = []

/** For one test file, in place of dev/sandbox/rsa-key.ts: within it no key is given twice. */
export function lendRsaKeys() {
  let lent = 0
  return () => (keys[lent++] ??= generate('rsa', { modulusLength: 2048 }))
}
