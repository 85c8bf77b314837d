// Containers have hardly any shared memory, or none: PostgreSQL then keeps in files what its processes share.
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { hasSharedMemory, sharedMemorySettings } from '../../../dev/postgres/shared-memory.ts'

test('given a folder with room, then it does; given none, or one of a file system without room, then it does not', () => {
  expect([tmpdir(), '/nowhere/shm', '/proc'].map(folder => hasSharedMemory(folder))).toEqual([
    true,
    process.platform !== 'linux',
    process.platform !== 'linux',
  ])
})

test('given no room, then a cluster is made and served without it', () => {
  expect([sharedMemorySettings(tmpdir()), sharedMemorySettings('/proc')]).toEqual([
    [],
    process.platform === 'linux' ? ['dynamic_shared_memory_type=mmap'] : [],
  ])
})

// only root may make such a machine
const mayMount = process.platform === 'linux' && spawnSync('unshare', ['-m', 'true']).status === 0
test('given 1 MB of it, as a container may have, then PostgreSQL starts all the same', () => {
  if (!mayMount) return
  const start = `
    import { mkdtempSync, rmSync } from 'node:fs'
    import { startPostgres } from ${JSON.stringify(new URL('../../../dev/postgres/server.ts', import.meta.url).href)}
    const folder = mkdtempSync(${JSON.stringify(tmpdir())} + '/goldplan-shm-')
    const server = await startPostgres({ dataDir: folder + '/postgresql', log() {} })
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
    console.log('served')`
  const machine = 'mount -t tmpfs -o size=1m tmpfs /dev/shm && exec "$0" --import tsx --input-type=module --eval "$1"'
  const { stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', machine, process.execPath, start], {
    cwd: fileURLToPath(new URL('../../../', import.meta.url)),
    encoding: 'utf8',
  })
  expect([stdout.trim(), stderr]).toEqual(['served', ''])
})
