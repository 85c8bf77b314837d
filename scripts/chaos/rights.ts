// Somebody is disabled, or moved to another district, while requests of his are half sent and others are on their way. From the moment that this is committed
// nothing further may be written in his name; what WeChat Pay answers to what he had asked before is no new act of his.
import { uuid, type Random } from '../../dev/demo/random.ts'
import { sendHalf, type HalfSent } from './half-sent.ts'
import { pause } from './pause.ts'
import { elsewhere, shops, unsteady } from './people.ts'
import type { World } from './world.ts'

/** Everything that he did, by kind; `here`: in the district that he may be moved from. */
const doneSql = `select
  (select count(*) from operations where staff_id = $1) as operations,
  (select count(*) from evidence where recorded_by = $1 and kind <> 'api_operation') as evidence,
  (select count(*) from evidence where recorded_by = $1 and kind = 'flow_conclusion' and sub_mchid = any($2)
    and id not in (select evidence_id from visit_evidence)) as conclusions_here,
  (select count(*) from operations where staff_id = $1 and sub_mchid = any($2)) as operations_here,
  (select count(*) from visits where staff_id = $1) as visits,
  (select count(*) from photos where uploaded_by = $1) as photos,
  (select count(*) from audit_entries where actor_id = $1
    and action not in ('gold_plan.open', 'receipt.open', 'receipt.close', 'advertising.open', 'advertising.close', 'ad_filter.set')) as audit`
type Done = Record<'operations' | 'evidence' | 'conclusions_here' | 'operations_here' | 'visits' | 'photos' | 'audit', string>

/** The app may send a test payment or visit later for a shop that he was sent to before, and the audit holds it: these are not looked at. */
const forbiddenWhen = {
  disabled: ['operations', 'evidence', 'visits', 'photos', 'audit'],
  moved: ['conclusions_here', 'operations_here'],
} as const satisfies Record<string, readonly (keyof Done)[]>

const takeAway = {
  disabled: { text: `update staff set status = 'disabled' where id = $1`, values: () => [unsteady.id] },
  moved: {
    text: 'update staff set region_codes = array[$2], scope_since = $3 where id = $1',
    values: (world: World) => [unsteady.id, elsewhere, world.clock.now()],
  },
}

export async function loseRights(world: World, random: Random, how: 'disabled' | 'moved'): Promise<void> {
  const { journal } = world
  const half = await halfSent(world, random)
  const done = async () => (await world.sql<Done>(doneSql, [unsteady.id, shops.here]))[0]!
  try {
    const { text, values } = takeAway[how]
    await world.sql(text, values(world))
    const before = await done()
    journal.note(`${unsteady.id} is ${how}, ${half.length} of his requests are half sent`)
    const answers = await Promise.all(half.map(one => one.finish()))
    await pause(random.integer(500, 3_000))
    const after = await done()
    for (const status of answers)
      if (status !== null && status < 300)
        journal.violation(`a request that was half sent when its sender was ${how} was carried out (${status})`)
    for (const kind of forbiddenWhen[how])
      if (before[kind] !== after[kind])
        journal.violation(`${unsteady.id} was ${how}, and afterwards his ${kind} went from ${before[kind]} to ${after[kind]}`)
  } finally {
    await giveBack(world)
  }
}

export async function giveBack(world: World): Promise<void> {
  await world.sql(`update staff set status = 'active', region_codes = $2, scope_since = $3 where id = $1`, [
    unsteady.id,
    unsteady.region_codes,
    world.clock.now(),
  ])
}

async function halfSent(world: World, random: Random): Promise<HalfSent[]> {
  const url = random.pick(world.backends).url()
  if (!url) return []
  const sub_mchid = random.pick(shops.here)
  const lost = () => null
  const token = await logIn(url)
  if (!token) return []
  const seen = await fetch(`${url}/v1/sub-merchants/${sub_mchid}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(5_000),
  }).catch(lost)
  const common = () => ({ authorization: `Bearer ${token}`, 'idempotency-key': uuid(random) })
  const conclusion = {
    id: uuid(random),
    kind: 'flow_conclusion',
    occurred_at: new Date(world.clock.now().getTime() - 1_800_000).toISOString(),
    detail: { conclusion: 'jsapi', basis: 'visit' },
  }
  const begun = await Promise.allSettled([
    sendHalf(url, 'POST', `/v1/sub-merchants/${sub_mchid}/evidence`, common(), conclusion),
    sendHalf(
      url,
      'PUT',
      `/v1/sub-merchants/${sub_mchid}/ad-filter`,
      { ...common(), 'if-match': seen?.headers.get('etag') ?? '"1"' },
      { industries: ['FOOD'] },
    ),
    sendHalf(
      url,
      'PUT',
      `/v1/sub-merchants/${sub_mchid}/receipt`,
      { ...common(), 'if-match': seen?.headers.get('etag') ?? '"1"' },
      { status: 'open' },
    ),
  ])
  return begun.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
}

/** While other things are disturbed, too. */
async function logIn(url: string): Promise<string | null> {
  for (let tries = 0; tries < 8; tries += 1) {
    const answer = await fetch(`${url}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: unsteady.code }),
      signal: AbortSignal.timeout(5_000),
    }).catch(() => null)
    if (answer?.ok) return ((await answer.json()) as { token: string }).token
    await pause(500)
  }
  return null
}
