// Whatever comes in whatever order: nothing is closed that two people did not agree on.
import type { Role } from '../../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { carryOutApproved } from '../../../../backend/controls/closing/carry-out.ts'
import { day, startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())

const persons = ['field_agent', 'region_lead', 'operator', 'auditor'] as const
const person = fc.constantFrom<Role>(...persons)
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('ask' as const), by: person }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('decide' as const), by: person, decision: fc.constantFrom('approve', 'reject') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), by: person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('round' as const) }) },
)
type Step = ReturnType<(typeof step)['generate']>['value']
/** groups one after another, the steps of a group at once */
const interleaving = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 3 })

const atOnce = 10
const runs = 1_000
const seed = Number(process.env.FOUR_EYES_SEED ?? Math.floor(Math.random() * 2 ** 31))

test(`given 1,000 random interleavings (FOUR_EYES_SEED=${seed}), then whoever asked never decided, and WeChat Pay closed once for each request that was executed`, async () => {
  const given = fc.sample(interleaving, { seed, numRuns: runs })
  const shops = given.map((_, index) => String(1_910_000_000 + index))
  for (let from = 0; from < runs; from += atOnce) {
    await Promise.all(shops.slice(from, from + atOnce).map((sub_mchid, index) => live(sub_mchid, given[from + index]!)))
  }
  const requests = await backend.db.selectFrom('change_requests').selectAll().execute()
  const closes = await backend.db.selectFrom('operations').select('sub_mchid').where('kind', '=', 'gold_plan.close').execute()
  expect(requests.filter(({ decided_by, requested_by }) => decided_by === requested_by)).toEqual([])
  expect(requests.filter(({ decided_by }) => decided_by !== null && !['staff-region_lead', 'staff-operator'].includes(decided_by))).toEqual(
    [],
  )
  for (const sub_mchid of shops) {
    const executed = requests.filter(one => one.sub_mchid === sub_mchid && one.status === 'executed').length
    expect([sub_mchid, closes.filter(one => one.sub_mchid === sub_mchid).length]).toEqual([sub_mchid, executed])
    expect(backend.sandbox.control.ledger(sub_mchid).gold_plan.JSAPI?.status).toBe(executed > 0 ? 'closed' : 'open')
  }
  // the walk meets both ends often
  expect(requests.filter(({ status }) => status === 'executed').length).toBeGreaterThan(runs / 20)
  expect(requests.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(runs / 20)
}, 1_800_000)

async function live(sub_mchid: string, groups: readonly Step[][]): Promise<void> {
  await backend.addMerchant(sub_mchid)
  const opened = { operation: 'gold_plan.open', scene: 'jsapi', result: 'succeeded' } as const
  await backend.addEvidence(sub_mchid, { kind: 'api_operation', ago: 2 * day, detail: opened })
  backend.sandbox.control.setMerchant(sub_mchid, { gold_plan: { JSAPI: 'open' } })
  for (const group of groups) await Promise.all(group.map(one => take(sub_mchid, one)))
  await carryOutApproved(backend.app.context, () => true)
}

async function take(sub_mchid: string, one: Step): Promise<void> {
  if (one.kind === 'round') {
    await carryOutApproved(backend.app.context, () => true)
    return
  }
  const write = (path: string, body: object) => backend.call(one.by, 'POST', path, { body, headers: { 'idempotency-key': randomUUID() } })
  const open = async () =>
    (await backend.db.selectFrom('sub_merchants').select('open_request_id').where('sub_mchid', '=', sub_mchid).executeTakeFirstOrThrow())
      .open_request_id
  const answer =
    one.kind === 'ask'
      ? await write('/v1/change-requests', { kind: 'gold_plan.close', sub_mchid, scene: 'jsapi', reason: '商户暂停营业' })
      : one.kind === 'decide'
        ? await write(`/v1/change-requests/${(await open()) ?? randomUUID()}/decision`, { decision: one.decision, comment: '看过了' })
        : await write(`/v1/change-requests/${(await open()) ?? randomUUID()}/cancellation`, {})
  expect(answer.status).toBeLessThan(500)
}
