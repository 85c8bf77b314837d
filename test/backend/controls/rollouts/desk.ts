// A desk from which rollouts are tried: shops of its own for each test, and the worker's rounds by hand.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals'
import { startRollouts, type Rollouts } from '../../../../backend/controls/rollouts/work.ts'
import type { NewRollout, Rollout, RolloutItemPage, RolloutStep } from '../../../../backend/controls/rollouts/schema.ts'
import type { Role } from '../../../../backend/http/schema.ts'
import type { ScenarioName } from '../../../../dev/sandbox/index.ts'
import { sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

export function rolloutDesk() {
  let backend: Backend
  let rollouts: Rollouts
  let next = 1_900_100_000
  let shops: string[] = []

  const setProvider = (values: { receipt_link_configured?: boolean; rollout_rate_per_minute?: number }) =>
    backend.db.updateTable('provider').set(values).where('sp_mchid', '=', sp_mchid).execute()
  const setRate = async (per_minute: number) => {
    await setProvider({ rollout_rate_per_minute: per_minute })
    const now = backend.clock.now()
    await backend.db
      .updateTable('rollout_rate')
      .set({ per_minute, next_at: now, grown_at: now, slowed_at: null, away_in_a_row: 0 })
      .execute()
  }

  beforeAll(async () => {
    backend = await startBackend()
    rollouts = startRollouts(backend.app.context)
  })
  afterAll(() => backend.close())
  beforeEach(async () => {
    const { control } = backend.sandbox
    control.clock.reset()
    control.setWeather(null)
    control.setProvider({ status: 'normal', receipt_link_configured: true })
    await setProvider({ receipt_link_configured: true })
    await backend.db.updateTable('provider').set({ trouble_code: null, trouble_since: null, trouble_last_seen_at: null }).execute()
    await backend.db.updateTable('staff').set({ status: 'active' }).where('id', '=', 'staff-operator').execute()
    await backend.db
      .updateTable('rollouts')
      .set({ status: 'cancelled', ended_at: backend.clock.now(), stop_code: null })
      .where('ended_at', 'is', null)
      .execute()
    await setRate(10_000)
    control.forgetRequests()
    shops = []
  })

  const desk = {
    get backend() {
      return backend
    },
    /** of this test, in order */
    get shops() {
      return shops
    },
    setProvider,
    /** The setting, and WeChat Pay lets all of it through. */
    setRate,
    async addShops(count: number): Promise<string[]> {
      const added = Array.from({ length: count }, () => String((next += 1)))
      for (const sub_mchid of added) await backend.addMerchant(sub_mchid)
      shops.push(...added)
      return added
    },
    create: (body: Partial<NewRollout>, role: Role = 'operator', key: string = randomUUID()) =>
      backend.call<Rollout & { code: string; errors?: { field: string; code: string }[] }>(role, 'POST', '/v1/rollouts', {
        body: { name: '十一月开通', action: 'gold_plan.open', ...(body.filter ? {} : { numbers: shops }), ...body },
        headers: { 'idempotency-key': key },
      }),
    read: async (id: string) => (await backend.call<Rollout>('operator', 'GET', `/v1/rollouts/${id}`)).body,
    step: async (id: string, what: RolloutStep, role: Role = 'operator', version?: number) =>
      backend.call<Rollout & { code: string; current?: Rollout }>(role, 'POST', `/v1/rollouts/${id}/${what}`, {
        headers: { 'idempotency-key': randomUUID(), 'if-match': `"${version ?? (await desk.read(id)).version}"` },
      }),
    items: async (id: string, query = '', role: Role = 'operator') =>
      (await backend.call<RolloutItemPage>(role, 'GET', `/v1/rollouts/${id}/items?limit=100${query}`)).body.items,
    /** The worker's rounds until nothing is begun any more. */
    async work(): Promise<void> {
      for (;;) {
        const touched = await rollouts.round(() => true)
        await rollouts.settled()
        if (touched === 0) return
      }
    },
    async started(body: Partial<NewRollout> = {}): Promise<string> {
      const { body: made } = await desk.create(body)
      expect((await desk.step(made.id, 'start')).body.status).toBe('running')
      return made.id
    },
    /** Stage after stage, each looked at. */
    async toTheEnd(id: string): Promise<Rollout> {
      for (;;) {
        await desk.work()
        const now = await desk.read(id)
        if (now.status === 'waiting') await desk.step(id, 'resume')
        // what another one is busy with is looked at again after 5 s
        else if (now.status === 'running' && now.progress.pending > 0) backend.sandbox.control.clock.advance(10_000)
        else return now
      }
    },
    calls: (sub_mchid: string) => backend.sandbox.control.requests().filter(one => one.sub_mchid === sub_mchid).length,
    ledger: (sub_mchid: string) => backend.sandbox.control.ledger(sub_mchid),
    scenario: (sub_mchid: string, name: ScenarioName, times?: number) =>
      backend.sandbox.control.setMerchant(sub_mchid, { scenario: name, ...(times === undefined ? {} : { times }) }),
    audited: async (id: string) =>
      (
        await backend.db
          .selectFrom('audit_entries')
          .select(['action', 'actor_id'])
          .where('target_id', '=', id)
          .orderBy('at')
          .orderBy('id')
          .execute()
      ).map(({ action, actor_id }) => `${action} ${actor_id ?? 'system'}`),
  }
  return desk
}
