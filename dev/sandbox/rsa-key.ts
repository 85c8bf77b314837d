// A key as WeChat Pay and providers have them.
import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'

const generate = promisify(generateKeyPair)

/** Takes a tenth of a second of a processor: a test file is lent those of its worker (test/support/worker/rsa-key.mjs). */
export const newRsaKey = () => generate('rsa', { modulusLength: 2048 })
