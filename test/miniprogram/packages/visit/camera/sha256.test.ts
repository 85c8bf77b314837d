import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { sha256 } from '../../../../../miniprogram/packages/visit/camera/sha256.ts'

test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
])('FIPS 180-4 example %j', (text, digest) => {
  expect(sha256(new TextEncoder().encode(text))).toBe(digest)
})

test('agrees with node:crypto for every length around a block, and for a photo', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'))
    }),
    { numRuns: 300 },
  )
  const photo = randomBytes(1_500_001)
  expect(sha256(new Uint8Array(photo).buffer)).toBe(createHash('sha256').update(photo).digest('hex'))
})
