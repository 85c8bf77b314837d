// What a process does beside its requests: shops that hang, jobs that fail, and the end of the process.
import { createProviders } from '../../backend/company/providers.ts'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { localPhotoStore } from '../../backend/field-work/photos/store.ts'
import { startAsking, type Asking } from '../../backend/controls/ask-again.ts'
import { askAgainAfter } from '../../backend/controls/settle.ts'
import type { Context } from '../../backend/platform/context.ts'
import { createWechatPay, type WechatPay } from '../../backend/wechatpay/index.ts'
import { repeat, startWorker } from '../../backend/worker.ts'
import { eventually } from '../support/eventually.ts'
import { sp_mchid, startBackend, type Backend } from './support/backend.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())

const hanging = Array.from({ length: 50 }, (_, at) => String(1_900_001_001 + at))
const [other, third, fourth] = ['1900002001', '1900002002', '1900002003'] as const
/** between two rounds of the worker, as buildApp has it */
const roundMs = 1_000
const operations = async (sub_mchids: readonly string[]) =>
  backend.db.selectFrom('operations').select(['sub_mchid', 'status', 'attempts']).where('sub_mchid', 'in', sub_mchids).execute()

describe('lost answers', () => {
  let wechatPay: WechatPay
  /** as the backend, and ready to wait ten minutes for an answer: whoever hangs here hangs for the whole test */
  let patient: Context
  const lose = async (sub_mchid: string) => {
    backend.sandbox.control.setMerchant(sub_mchid, { scenario: 'lost_before', times: 1 })
    expect((await backend.control('field_agent', sub_mchid, 'gold-plan/jsapi', { status: 'open' })).status).toBe(202)
  }
  /** Seconds after its answer was lost, when every round of the worker finds as much as it can take on: no round waits for an answer. */
  const secondsUntilAsked = async (asking: Asking, sub_mchid: string) => {
    for (let rounds = 1; ; rounds += 1) {
      expect(await asking.claimDue()).toBeGreaterThan(0)
      const asked = await backend.db.selectFrom('calls_under_way').select('id').where('sub_mchid', '=', sub_mchid).execute()
      if (asked.length > 0 || (await operations([sub_mchid]))[0]!.status === 'succeeded')
        return (askAgainAfter[0]! + rounds * roundMs) / 1_000
    }
  }

  beforeAll(async () => {
    wechatPay = createWechatPay({ ...backend.sandbox.wechatPayConfig(), timeoutMs: 600_000 })
    patient = { ...backend.app.context, providers: createProviders({ sp_mchid, wechatPay }) }
    for (const sub_mchid of [...hanging, other, third, fourth]) await backend.addMerchant(sub_mchid)
    // the other one last: it is due after all that will hang
    for (const sub_mchid of [...hanging, other]) await lose(sub_mchid)
    backend.sandbox.control.setMerchants(Object.fromEntries(hanging.map(one => [one, { scenario: 'slow', delay_seconds: 600 } as const])))
    backend.sandbox.control.clock.advance(6_000)
  })
  afterAll(() => wechatPay?.close())

  test("given 50 shops that hang, then another's lost answer is asked for within 10 s, and the end waits for none", async () => {
    const asking = startAsking(patient)
    expect(await secondsUntilAsked(asking, other)).toBeLessThanOrEqual(10)
    await eventually('its answer', async () => (await operations([other]))[0]!.status === 'succeeded')
    // not one of them has been given up
    expect((await operations(hanging)).filter(({ attempts }) => attempts === 1)).toHaveLength(hanging.length)
    await asking.stop()
    // what was out is unknown and will be asked again; nothing is left claimed
    expect((await operations(hanging)).every(({ status }) => status === 'unknown')).toBe(true)
    expect(await backend.db.selectFrom('calls_under_way').selectAll().execute()).toEqual([])
  })

  test('given they go on hanging when they are asked again, then what was lost just now is asked for within 10 s', async () => {
    backend.sandbox.control.clock.advance(31_000)
    await lose(third)
    backend.sandbox.control.clock.advance(6_000)
    const worker = startWorker(patient, 50)
    await eventually("the third shop's answer", async () => (await operations([third]))[0]!.status === 'succeeded')
    await worker.stop()
    backend.sandbox.control.clock.advance(3 * 60_000)
    await lose(fourth)
    backend.sandbox.control.clock.advance(6_000)
    const asking = startAsking(patient)
    expect(await secondsUntilAsked(asking, fourth)).toBeLessThanOrEqual(10)
    await asking.stop()
  })
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
