// Who and what the generated requests meet: several people of every role, shops within and outside their scope, another provider, and in everything that
// somebody may not see a mark that can be looked for.
import type { Role } from '../../../../backend/http/schema.ts'
import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { noLinks } from '../../../../backend/link-check/settings.ts'
import { hashToken } from '../../../../backend/company/sessions/secrets.ts'
import { searchTerms } from '../../../../backend/directory/merchants/search-terms.ts'
import { day, roles, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

export interface Person {
  staff_id: string
  role: Role
  token: string
  /** texts that no answer to this person may hold */
  forbidden: readonly string[]
}

export interface FuzzWorld {
  backend: Backend
  people: readonly Person[]
  /** values that mean something here, to be used in place of made-up ones */
  known: {
    sub_mchid: readonly string[]
    evidence_id: readonly string[]
    visit_id: readonly string[]
    photo_id: readonly string[]
    key: readonly string[]
    /** staff who ask nothing here: whoever changes them changes nobody's view */
    colleague_id: readonly string[]
    /** who pays by a bill and is not in the directory */
    unlisted: readonly string[]
    request_id: readonly string[]
    list_id: readonly string[]
    run_id: readonly string[]
    rollout_id: readonly string[]
    cursor: readonly string[]
    text: readonly string[]
  }
}

const otherProvider = '1900000002'
/** region → who sees it is decided by the scopes below */
const places = { near: '440305', city: '440304', far: '110105' } as const
type Place = keyof typeof places | 'elsewhere'

interface Shop {
  sub_mchid: string
  place: Place
  /** its name, address and the note of its evidence each hold it; nothing else does */
  mark: string
}

const shops: readonly Shop[] = (['near', 'city', 'far', 'elsewhere'] as const).flatMap((place, row) =>
  Array.from({ length: 6 }, (_, index): Shop => ({ sub_mchid: `19000${row + 1}77${index}1`, place, mark: `暗号${place}${index}号` })),
)

/** Two of each role see what the role sees; a third field agent only what is assigned to him. */
const scopes: readonly { role: Role; region_codes: string[]; assigned_only: boolean; sees: readonly Place[] }[] = [
  ...[1, 2, 3].map(() => ({ role: 'field_agent' as const, region_codes: ['440305'], assigned_only: false, sees: ['near'] as const })),
  { role: 'field_agent', region_codes: ['440300'], assigned_only: true, sees: [] },
  { role: 'field_agent', region_codes: [], assigned_only: false, sees: [] },
  ...[1, 2].map(() => ({ role: 'region_lead' as const, region_codes: ['440300'], assigned_only: false, sees: ['near', 'city'] as const })),
  { role: 'region_lead', region_codes: ['110000'], assigned_only: false, sees: ['far'] },
  ...(['operator', 'operator', 'auditor', 'auditor', 'admin', 'admin'] as const).map(role => ({
    role,
    region_codes: [],
    assigned_only: false,
    sees: ['near', 'city', 'far'] as const,
  })),
]

export async function createFuzzWorld(): Promise<FuzzWorld> {
  // a registered host whose name leads nowhere
  const backend = await startBackend({
    orderQueriesPerMinute: 100_000,
    linkCheck: { ...noLinks, perMinute: 100_000, hosts: ['h5.example.com'], reach: { resolve: async () => [] } },
  })
  const { db, clock } = backend
  const now = clock.now()
  await db.insertInto('provider').values({ sp_mchid: otherProvider, name: '暗号另一服务商', updated_at: now }).execute()
  const evidence_id: string[] = []
  // the first call puts the checklist into the database
  await backend.call('operator', 'GET', '/v1/checklist-templates/current')
  for (const { sub_mchid, place, mark } of shops) evidence_id.push(await addShop(backend, sub_mchid, place, mark))
  const visits = await Promise.all(shops.filter(({ place }) => place !== 'elsewhere').map(shop => addVisit(backend, shop)))
  const people: Person[] = []
  for (const [index, { role, region_codes, assigned_only, sees }] of scopes.entries()) {
    const staff_id = `fuzz-${index}`
    const token = randomBytes(32).toString('base64url')
    const member = { sp_mchid, role, region_codes, assigned_only, status: 'active' as const, created_at: now }
    await db
      .insertInto('staff')
      .values({ id: staff_id, display_name: `${role} ${index}`, ...member })
      .execute()
    await db
      .insertInto('sessions')
      .values({ token_hash: hashToken(token), sp_mchid, staff_id, created_at: now, expires_at: new Date(now.getTime() + day) })
      .execute()
    const hidden = shops.filter(({ place }) => !(sees as readonly Place[]).includes(place))
    people.push({ staff_id, role, token, forbidden: ['暗号另一服务商', ...hidden.flatMap(({ sub_mchid, mark }) => [sub_mchid, mark])] })
  }
  // an invite and the keys of somebody else's writes
  const key = await someKeys(backend)
  const cursor = await someCursors(backend)
  const colleague_id = await addColleagues(backend)
  const unlisted = await addUnlisted(backend)
  const asked = await askedByOperators(
    backend,
    people.filter(({ role }) => role === 'operator'),
  )
  return {
    backend,
    people,
    known: {
      // most often the shops that most people see, so that not every request ends at 404
      sub_mchid: [...shops.slice(0, 6), ...shops.slice(0, 6), ...Array.from({ length: 12 }, () => shops[0]!), ...shops].map(
        shop => shop.sub_mchid,
      ),
      evidence_id: [...evidence_id, ...Array.from({ length: 12 }, () => evidence_id[0]!)],
      visit_id: visits.map(({ visit_id }) => visit_id),
      photo_id: visits.map(({ photo_id }) => photo_id),
      key,
      colleague_id,
      unlisted,
      ...asked,
      cursor,
      text: [...shops.map(shop => shop.mark), '暗号', 'https://pay.example.cn/q/far0', '134567890123456789'],
    },
  }
}

async function addShop({ db, clock }: Backend, sub_mchid: string, place: Place, mark: string): Promise<string> {
  const now = clock.now()
  const provider = place === 'elsewhere' ? otherProvider : sp_mchid
  const row = {
    name: `${mark}面馆`,
    short_name: `${mark}`,
    address: `${mark}路 1 号`,
    region_code: place === 'elsewhere' ? '440305' : places[place],
  }
  await db
    .insertInto('sub_merchants')
    .values({ sp_mchid: provider, sub_mchid, ...row, ...searchTerms(row), created_at: now, updated_at: now })
    .execute()
  await db
    .insertInto('store_codes')
    .values({
      sp_mchid: provider,
      content: `pay.example.cn/q/${place}${sub_mchid.slice(-2, -1)}`,
      sub_mchid,
      store_name: `${mark}分店`,
      created_at: now,
      updated_at: now,
    })
    .execute()
  const id = randomUUID()
  await db
    .insertInto('evidence')
    .values({
      sp_mchid: provider,
      id,
      sub_mchid,
      kind: 'unblock',
      occurred_at: now,
      recorded_at: now,
      recorded_by: 'staff-operator',
      source: 'app',
      detail: JSON.stringify({ note: `${mark}备注` }),
    })
    .execute()
  return id
}

/** An operator's, with a photo. */
async function addVisit({ db, clock }: Backend, { sub_mchid, mark }: Shop): Promise<{ visit_id: string; photo_id: string }> {
  const [visit_id, photo_id, now] = [randomUUID(), randomUUID(), clock.now()]
  const times = { started_at: now, ended_at: now, received_at: now, updated_at: now }
  const visit = {
    sp_mchid,
    id: visit_id,
    sub_mchid,
    staff_id: 'staff-operator',
    template_sp_mchid: sp_mchid,
    template_version: 1,
    status: 'submitted' as const,
  }
  await db
    .insertInto('visits')
    .values({ ...visit, ...times, answers: JSON.stringify({ F4: `${mark}遗留` }) })
    .execute()
  const picture = {
    width: 1,
    height: 1,
    bytes: 1,
    sha256: randomBytes(32).toString('hex'),
    taken_at: now,
    uploaded_at: now,
    stored_at: now,
  }
  await db
    .insertInto('photos')
    .values({ sp_mchid, id: photo_id, uploaded_by: 'staff-operator', ...picture })
    .execute()
  await db.insertInto('photo_attachments').values({ sp_mchid, photo_id, photo_sp_mchid: sp_mchid, visit_id, evidence_id: null }).execute()
  return { visit_id, photo_id }
}

/** Keys that were used by others: a switched one, and one for evidence. */
async function someKeys(backend: Backend): Promise<string[]> {
  const keys = [randomUUID(), randomUUID()]
  const [near, far] = [shops[0]!.sub_mchid, shops[12]!.sub_mchid]
  await backend.control('operator', far, 'receipt', { status: 'open' }, { 'idempotency-key': keys[0] })
  await backend.control('operator', near, 'receipt', { status: 'open' }, { 'idempotency-key': keys[1] })
  for (const { sub_mchid } of shops.slice(0, 3)) await backend.control('operator', sub_mchid, 'gold-plan/jsapi', { status: 'open' })
  return keys
}

async function addColleagues({ db, clock }: Backend): Promise<string[]> {
  const ids = ['colleague-1', 'colleague-2', 'colleague-3']
  const member = { sp_mchid, role: 'auditor' as const, region_codes: [], assigned_only: false, status: 'active' as const }
  await db
    .insertInto('staff')
    .values(ids.map(id => ({ id, display_name: id, ...member, created_at: clock.now() })))
    .execute()
  return ids
}

async function addUnlisted({ db }: Backend): Promise<string[]> {
  const ids = Array.from({ length: 6 }, (_, index) => `170000000${index}`)
  await db
    .insertInto('unlisted_merchants')
    .values(ids.map(sub_mchid => ({ sp_mchid, sub_mchid, first_day: '2026-01-05', last_day: '2026-01-05' })))
    .execute()
  return ids
}

/** What operators have under way: plans to be closed, a list from the console, shops given to nobody, and rollouts of every step that people take. */
async function askedByOperators(
  backend: Backend,
  operators: readonly Person[],
): Promise<Record<'request_id' | 'list_id' | 'run_id' | 'rollout_id', string[]>> {
  const write = async ({ token }: Person, method: string, path: string, body: object, version = 1): Promise<string> => {
    const own = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID(), 'if-match': `"${version}"` }
    const headers = { ...own, 'content-type': 'application/json' }
    const answer = await fetch(`${backend.url}${path}`, { method, headers, body: JSON.stringify(body) })
    const { id } = (await answer.json()) as { id?: string }
    if (id === undefined) throw new Error(`${method} ${path} answered ${answer.status}`)
    return id
  }
  const asked = { request_id: [] as string[], list_id: [] as string[], run_id: [] as string[], rollout_id: [] as string[] }
  for (const [index, operator] of operators.entries()) {
    const { sub_mchid } = shops[index + 1]!
    const close = { kind: 'gold_plan.close', sub_mchid, scene: 'jsapi', reason: '商户要求停用' }
    asked.request_id.push(await write(operator, 'POST', '/v1/change-requests', close))
    asked.list_id.push(await write(operator, 'POST', '/v1/portal-check-lists', { text: consoleList }))
    asked.run_id.push(await write(operator, 'PUT', '/v1/sub-merchants/assignments', { sub_mchids: [shops[0]!.sub_mchid], staff_id: null }))
    const numbers = [shops[4]!.sub_mchid, shops[12]!.sub_mchid]
    for (const steps of [[], ['start'], ['start', 'pause']]) {
      const id = await write(operator, 'POST', '/v1/rollouts', { name: '开通', action: 'gold_plan.open', numbers })
      for (const [at, step] of steps.entries()) await write(operator, 'POST', `/v1/rollouts/${id}/${step}`, {}, at + 1)
      asked.rollout_id.push(id)
    }
  }
  return asked
}

/** as people paste it from a table that they kept of the console */
export const consoleList = ['sub_mchid,gold_plan_jsapi', ...shops.slice(0, 3).map(({ sub_mchid }) => `${sub_mchid},open`)].join('\n')

/** Cursors of an operator's lists, which reach where others do not. */
async function someCursors(backend: Backend): Promise<string[]> {
  const paths = [
    '/v1/sub-merchants?limit=1',
    '/v1/sub-merchants?limit=9',
    '/v1/sub-merchants?limit=3&sort=name',
    '/v1/sub-merchants?limit=2&sort=since',
  ]
  const answers = await Promise.all(
    [...paths, `/v1/sub-merchants/${shops[12]!.sub_mchid}/evidence?limit=1`].map(path =>
      backend.call<{ next_cursor: string | null }>('operator', 'GET', path),
    ),
  )
  return answers.flatMap(({ body }) => body.next_cursor ?? [])
}

/** What has been written so far, as far as a refused request could have: rows of each table, and the newest transaction that wrote one. */
export async function markOfDatabase({ db }: Backend): Promise<bigint> {
  const { rows } = await sql<{ next: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(db)
  return BigInt(rows[0]!.next)
}

/** A wrong invite code is counted on purpose; a row lock or a transaction that was rolled back is no write. */
const tables = [
  'provider', 'staff', 'staff_bindings', 'invites', 'sessions', 'sub_merchants', 'store_codes', 'evidence', 'evidence_withdrawals',
  'operations', 'operation_attempts', 'idempotency_keys', 'audit_entries',
  'appids', 'checklist_templates', 'checklist_drafts', 'visits', 'visit_reviews', 'visit_evidence', 'photos', 'photo_attachments',
  'change_requests', 'assignment_runs', 'portal_check_lists', 'portal_check_list_rows', 'readiness_answers', 'receipt_contents', 'unlisted_merchants',
  'wx_text_classes', 'rollouts', 'rollout_items',
] // prettier-ignore

export async function countRows({ db }: Backend): Promise<Record<string, number>> {
  const parts = tables.map(table => sql`select ${sql.lit(table)} as name, count(*)::integer as count from ${sql.table(table)}`)
  const { rows } = await sql<{ name: string; count: number }>`${sql.join(parts, sql` union all `)}`.execute(db)
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}

/** @returns the tables that hold rows inserted or updated by transactions from `mark` on */
export async function writtenSince({ db }: Backend, mark: bigint): Promise<string[]> {
  const parts = tables.map(
    table =>
      sql`select ${sql.lit(table)} as name where exists (select from ${sql.table(table)} where xmin::text::bigint >= ${String(mark)}::bigint)`,
  )
  const { rows } = await sql<{ name: string }>`${sql.join(parts, sql` union all `)}`.execute(db)
  return rows.map(({ name }) => name)
}

export const everyRole = roles
