// What a process does beside its requests: shops that hang, jobs that fail, and the end of the process.
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { localPhotoStore } from '../../backend/field-work/photos/store.ts'
import { repeat, startWorker } from '../../backend/worker.ts'
import { eventually } from '../support/eventually.ts'
import { startBackend, type Backend } from './support/backend.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())

const hanging = Array.from({ length: 50 }, (_, at) => String(1_900_001_001 + at))
const other = '1900002001'
const operations = async (sub_mchids: readonly string[]) =>
  backend.db
    .selectFrom('operations')
    .select(['sub_mchid', 'status', 'attempts', 'lease_until'])
    .where('sub_mchid', 'in', sub_mchids)
    .execute()

describe('lost answers', () => {
  beforeAll(async () => {
    const all = [...hanging, other]
    for (const sub_mchid of all) await backend.addMerchant(sub_mchid)
    backend.sandbox.control.setMerchants(Object.fromEntries(all.map(one => [one, { scenario: 'lost_before', times: 1 } as const])))
    // the other one last: it is due after all that will hang
    for (const sub_mchid of all) {
      const { status } = await backend.control('field_agent', sub_mchid, 'gold-plan/jsapi', { status: 'open' })
      expect(status).toBe(202)
    }
    backend.sandbox.control.setMerchants(Object.fromEntries(hanging.map(one => [one, { scenario: 'slow', delay_seconds: 60 } as const])))
    backend.sandbox.control.clock.advance(6_000)
  }, 60_000)

  test('given 50 shops that hang, then the lost answer of another is asked again before all of them are given up; the end waits for none', async () => {
    const worker = startWorker(backend.app.context, 50)
    try {
      await eventually("the other shop's lost answer", async () => (await operations([other]))[0]!.status === 'succeeded')
      const meanwhile = await operations(hanging)
      // one after the other, all 50 would have been given up before
      expect(meanwhile.filter(({ status, attempts }) => status === 'unknown' && attempts === 1)).not.toEqual([])
    } finally {
      await worker.stop()
    }
    // what was out is unknown and will be asked again; nothing is left claimed
    expect((await operations(hanging)).every(({ status, lease_until }) => status === 'unknown' && lease_until === null)).toBe(true)
  }, 60_000)
})

describe('jobs', () => {
  test('given a job that fails, then it is said once, tried again, and its recovery is said', async () => {
    const lines: string[] = []
    const note = (_fields: object, message: string) => void lines.push(message)
    let rounds = 0
    const round = async () => {
      rounds += 1
      if (rounds < 4) throw new Error('read-only')
    }
    const job = repeat({ log: { info: note, warn: note, error: note } }, { name: 'tidying', everyMs: 1, round })
    await eventually('further rounds', () => rounds > 5)
    await job.stop()
    expect(lines).toEqual(['a job of the worker failed; it is tried again', 'a job of the worker works again'])
  })
  test('given a photo folder that cannot be tidied, then what comes behind it is tidied all the same', async () => {
    const { context } = backend.app
    const broken = () => Promise.reject(new Error('EROFS: read-only file system'))
    const photos = { ...context.photos, store: { ...context.photos.store, remove: broken, removeUnfinished: broken } }
    let tidied = false
    const dropOld = async () => void (tidied = true)
    const worker = startWorker({ ...context, photos, receipts: { ...context.receipts, dropOld } }, 50)
    await eventually('old loads are dropped', () => tidied)
    await worker.stop()
  })
})

test('given files that a killed process left half-written, then old ones are removed and what is under way stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-photos-'))
  try {
    const store = localPhotoStore(folder)
    expect(await localPhotoStore(join(folder, 'absent')).removeUnfinished(1)).toBe(0)
    await store.put('ab000000-0000-4000-8000-000000000001', new Uint8Array([1]))
    mkdirSync(join(folder, 'cd'))
    const [old, young] = [join(folder, 'ab', 'x.jpg.1.tmp'), join(folder, 'cd', 'y.jpg.2.tmp')]
    for (const path of [old, young]) writeFileSync(path, 'half')
    const twoHoursAgo = Date.now() / 1_000 - 7_200
    utimesSync(old, twoHoursAgo, twoHoursAgo)
    expect(await store.removeUnfinished(3_600_000)).toBe(1)
    const whole = join(folder, 'ab', 'ab000000-0000-4000-8000-000000000001.jpg')
    expect([old, young, whole].map(path => existsSync(path))).toEqual([false, true, true])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
