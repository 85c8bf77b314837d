// Containers have hardly any shared memory, or none: PostgreSQL then keeps in files what its processes share.
import { tmpdir } from 'node:os'
import { expect, test } from '@jest/globals'
import { hasSharedMemory } from '../../../dev/postgres/shared-memory.ts'

test('given a folder with room, then it does; given none, or one of a file system without room, then it does not', () => {
  expect([tmpdir(), '/nowhere/shm', '/proc'].map(folder => hasSharedMemory(folder))).toEqual([
    true,
    process.platform !== 'linux',
    process.platform !== 'linux',
  ])
})
