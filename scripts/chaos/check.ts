// At the end, with everything lifted and nothing under way: the database, WeChat's side and what phones were told must say the same.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Switches } from '../../backend/evidence/verdict/switches.ts'
import { wasAccepted, type Claim } from './claims.ts'
import { allShops, unsteady } from './people.ts'
import type { World } from './world.ts'

export async function checkEverything(world: World, claims: readonly Claim[]): Promise<void> {
  await checkSwitches(world)
  await checkOperations(world)
  await checkClaims(world, claims)
  await checkReceiptVersions(world)
}

interface ShopRow {
  sub_mchid: string
  gold_plan_status: string
  receipt_status: string
  advertising_status: string
  switches: Partial<Switches>
  /** operations whose outcome nobody knows, after all questions */
  unresolved: string[]
}

/** What the directory says of each shop is what WeChat Pay believes. */
async function checkSwitches(world: World): Promise<void> {
  const { sql, sandbox, journal } = world
  const rows = await sql<ShopRow>(`
    select sub_mchid, gold_plan_status, receipt_status, advertising_status, switches,
      array(select kind from operations o where o.sub_mchid = m.sub_mchid and status = 'unresolved') as unresolved
    from sub_merchants m order by sub_mchid`)
  if (rows.length !== allShops.length) journal.violation(`there were ${allShops.length} shops, and ${rows.length} are left`)
  for (const row of rows) {
    const side = sandbox.control.ledger(row.sub_mchid)
    const features = [
      ['gold_plan', row.gold_plan_status, side.gold_plan.JSAPI.status],
      ['receipt', row.receipt_status, side.receipt],
      ['advertising', row.advertising_status, side.advertising],
      ['ad_filter', [...(row.switches.ad_filter?.industries ?? [])].sort().join(), [...side.advertising_industry_filters].sort().join()],
    ] as const
    for (const [feature, ours, theirs] of features) {
      if (row.unresolved.some(kind => kind.startsWith(feature))) continue
      // never touched by us: WeChat Pay begins with everything closed
      const known = ours === 'unknown' ? 'closed' : ours
      if (known !== theirs)
        journal.violation(
          `${feature} of ${row.sub_mchid} is ${ours || 'empty'} in the ledger and ${theirs || 'empty'} at WeChat Pay`,
          undefined,
          await tracesOf(world, row.sub_mchid),
        )
    }
  }
}

/** Each attempt as the ledger has it and each call as WeChat Pay got it, by the clock that may have been moved. */
async function tracesOf({ sql, sandbox }: World, sub_mchid: string): Promise<string[]> {
  const ledger = await sql<{ line: string }>(
    `select concat_ws(' ', 'ledger', to_char(a.sent_at at time zone 'UTC', 'HH24:MI:SS.MS'), o.kind, o.parameters, left(o.id::text, 4), o.status, 'attempt', a.attempt, a.phase, a.wx_code,
       'answered', to_char(a.answered_at at time zone 'UTC', 'HH24:MI:SS.MS'), 'began', to_char(o.started_at at time zone 'UTC', 'HH24:MI:SS.MS')) as line
     from operations o left join operation_attempts a on a.operation_id = o.id where o.sub_mchid = $1 order by a.sent_at`,
    [sub_mchid],
  )
  const calls = sandbox.control.requests().filter(call => call.sub_mchid === sub_mchid)
  const seen = calls.map(
    ({ at, path, body, scenario, changed }) =>
      `WeChat Pay ${at.slice(11, 23)} ${path} ${body} ${scenario} ${changed ? 'changed' : 'not changed'}`,
  )
  return [...ledger.map(({ line }) => line), ...seen]
}

interface OperationRow {
  staff_id: string
  key: string
  sub_mchid: string
  kind: string
  succeeded: number
  /** of its success */
  evidence: number
  audited: number
  started: Date
}

/** Each change at WeChat Pay is one operation, has one piece of evidence and one entry of the audit trail that says that it was made. */
async function checkOperations({ sql, journal }: World): Promise<void> {
  const rows = await sql<OperationRow>(`
    select staff_id, key, min(sub_mchid) as sub_mchid, min(kind) as kind, max(started_at) as started,
      count(*) filter (where status = 'succeeded')::int as succeeded,
      (select count(*)::int from evidence e where e.kind = 'api_operation' and e.recorded_by = o.staff_id
        and e.detail->>'operation_key' = o.key and e.detail->>'result' = 'succeeded') as evidence,
      (select count(*)::int from audit_entries a where a.actor_id = o.staff_id and a.after->>'key' = o.key and a.after->>'status' = 'succeeded') as audited
    from operations o group by staff_id, key`)
  for (const { key, sub_mchid, kind, succeeded, evidence, audited } of rows)
    if (succeeded > 1 || evidence !== succeeded || audited !== succeeded)
      journal.violation(
        `${kind} of ${sub_mchid} (${key}) was done ${succeeded} times, has ${evidence} evidence and ${audited} entries of the audit trail`,
      )
  const hanging = await sql<{ key: string; status: string }>(`select key, status from operations where status in ('pending', 'unknown')`)
  for (const { key, status } of hanging) journal.violation(`the operation ${key} is still ${status} after all disturbances were lifted`)
}

interface Found {
  /** rows of the thing itself */
  there: number
  /** entries of the audit trail that tell of it */
  audited: number
  /** operations of this key, whatever became of them */
  asked?: number
}

/** What was acknowledged is there once; what was refused to somebody whose rights never changed is not. */
async function checkClaims(world: World, claims: readonly Claim[]): Promise<void> {
  const found = await findAll(world, claims)
  const { journal } = world
  claims.forEach((claim, index) => {
    const { there, audited, asked = 0 } = found[index]!
    const what = `${nameOf(claim)} of ${claim.person.id}`
    if (wasAccepted(claim)) {
      // known to be asked for: a lost answer of WeChat Pay may still turn out to be a refusal
      if (claim.kind === 'switch' && claim.status === 202) {
        if (asked === 0) journal.violation(`${what} was acknowledged with 202, and nobody knows of it`, claim.at)
      } else if (there !== 1 || audited !== 1)
        journal.violation(
          `${what} was acknowledged with ${claim.status}, is there ${there} times and ${audited} times in the audit trail`,
          claim.at,
        )
    } else if (
      claim.person !== unsteady &&
      there > 0 &&
      claim.kind !== 'photo' &&
      !(claim.kind === 'switch' && claim.status < 500 && audited === 0)
    )
      journal.violation(`${what} was refused (${claim.status} ${claim.code ?? ''}) and was done`, claim.at)
  })
  checkPhotos(world, claims)
}

const nameOf = (claim: Claim): string =>
  claim.kind === 'switch'
    ? `${claim.operation} of ${claim.sub_mchid} (${claim.key})`
    : `${claim.kind} ${'id' in claim ? claim.id : claim.key}`

/** One question for each kind of claim, not one for each claim. */
async function findAll({ sql }: World, claims: readonly Claim[]): Promise<Found[]> {
  const ask = async (kind: Claim['kind'], text: string): Promise<Map<string, Found>> => {
    const names = claims.filter(claim => claim.kind === kind).map(claim => ('id' in claim ? claim.id : claim.key))
    const rows = await sql<Found & { name: string }>(`select name, ${text} from unnest($1::text[]) as name`, [names])
    return new Map(rows.map(row => [row.name, row]))
  }
  const audited = (action: string, field: string) =>
    `(select count(*)::int from audit_entries where action ${action} and after->>'${field}' = name) as audited`
  const maps = {
    switch: await ask(
      'switch',
      `(select count(*)::int from operations where key = name and status <> 'failed') as there,
       (select count(*)::int from operations where key = name) as asked,
       (select count(*)::int from audit_entries where after->>'key' = name and after->>'status' = 'succeeded') as audited`,
    ),
    evidence: await ask(
      'evidence',
      `(select count(*)::int from evidence where id = name::uuid) as there, ${audited(`like '%.write'`, 'evidence_id')}`,
    ),
    visit: await ask(
      'visit',
      `(select count(*)::int from visits v where id = name::uuid
         and (select count(*) from photo_attachments p where p.visit_id = v.id) = 1) as there, ${audited(`= 'visit.submit'`, 'visit_id')}`,
    ),
    photo: await ask('photo', `(select count(*)::int from photos where id = name::uuid and stored_at is not null) as there, 1 as audited`),
    // the key names what was answered; versions are checked by themselves
    'receipt content': await ask(
      'receipt content',
      `(select count(*)::int from idempotency_keys where key = name and answer is not null) as there, 1 as audited`,
    ),
  }
  return claims.map(claim => maps[claim.kind].get('id' in claim ? claim.id : claim.key) ?? { there: 0, audited: 0 })
}

function checkPhotos({ photoDir, journal }: World, claims: readonly Claim[]): void {
  for (const claim of claims) {
    if (claim.kind !== 'photo') continue
    const bytes = statSync(join(photoDir, claim.id.slice(0, 2), `${claim.id}.jpg`), { throwIfNoEntry: false })?.size
    if (bytes !== claim.bytes)
      journal.violation(`the photo ${claim.id} was acknowledged with ${claim.bytes} bytes, and its file has ${bytes ?? 'gone'}`, claim.at)
  }
}

interface ReceiptRow {
  sub_mchid: string
  version: number
  /** versions that were answered to a key, and those that the audit trail tells of */
  answered: number[]
  audited: number[]
}

/** Versions of a receipt follow each other without a gap, and none was given to two people. */
async function checkReceiptVersions({ sql, journal }: World): Promise<void> {
  const rows = await sql<ReceiptRow>(`
    select sub_mchid, version,
      array(select (answer->>'version')::int from idempotency_keys k where k.path = '/v1/sub-merchants/' || c.sub_mchid || '/receipt-content' order by 1) as answered,
      array(select (after->>'version')::int from audit_entries a where a.action = 'receipt_content.change' and a.target_id = c.sub_mchid order by 1) as audited
    from receipt_contents c`)
  for (const { sub_mchid, version, answered, audited } of rows) {
    const expected = Array.from({ length: version }, (_, index) => index + 1).join()
    if (answered.join() !== expected || audited.join() !== expected)
      journal.violation(
        `the receipt of ${sub_mchid} is at version ${version}; phones were told ${answered.join()}, the audit trail tells ${audited.join()}`,
      )
  }
}
