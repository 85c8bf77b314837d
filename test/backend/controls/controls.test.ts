// Writes to WeChat Pay: what a caller must send, what may stand in the way, and what is true after every kind of answer.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { askAgain } from '../../../backend/controls/ask-again.ts'
import { manualClock } from '../../../backend/platform/clock.ts'
import { hour, minute, startBackend, type Backend } from '../support/backend.ts'
import { eventually } from '../../support/eventually.ts'

let backend: Backend
let sub_mchid: string
let next = 1_900_000_101

beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())
beforeEach(async () => {
  sub_mchid = String(next)
  next += 1
  backend.sandbox.control.clock.reset()
  backend.sandbox.control.setProvider({ status: 'normal', receipt_link_configured: true })
  await backend.addMerchant(sub_mchid)
  backend.sandbox.control.forgetRequests()
})

const open = (headers?: Record<string, string | undefined>) =>
  backend.control('field_agent', sub_mchid, 'gold-plan/jsapi', { status: 'open' }, headers)
const arrange = (scenario: string, times?: number) =>
  backend.sandbox.control.setMerchant(sub_mchid, { scenario: scenario as never, ...(times ? { times } : {}) })
const calls = () => backend.sandbox.control.requests().length
const attempts = async () =>
  (
    await backend.db
      .selectFrom('operation_attempts as a')
      .innerJoin('operations as o', 'o.id', 'a.operation_id')
      .select(['phase'])
      .where('o.sub_mchid', '=', sub_mchid)
      .orderBy('attempt')
      .execute()
  ).map(({ phase }) => phase)
/** when the shop's operation without an answer is asked again */
const dueAt = async () =>
  (
    await backend.db
      .selectFrom('operations')
      .select('next_attempt_at')
      .where('sub_mchid', '=', sub_mchid)
      .where('status', '=', 'unknown')
      .executeTakeFirstOrThrow()
  ).next_attempt_at!.getTime()
/** The worker's round at a moment that stays: beside a clock that goes on, a second is soon gone where many tests run. */
const askAgainAt = (moment: number) => askAgain({ ...backend.app.context, clock: manualClock(new Date(moment)) })
const operationOf = (key: string) =>
  backend.call<{ status: string; code: string | null; wx_message: string | null; result?: { version: number } }>(
    'field_agent',
    'GET',
    `/v1/operations/${key}`,
  )
const merchant = async () => (await backend.call<Merchant>('field_agent', 'GET', `/v1/sub-merchants/${sub_mchid}`)).body
interface Merchant {
  version: number
  gold_plan: { jsapi: { status: string; reopen_available_at: string | null; changed_by: string | null } }
  receipt: { status: string; hint: string | null }
  migration: { state: string; reason: string; attention: string[] }
  open_operation: { key: string; status: string } | null
  evidence_count: number
}

test('given a merchant without evidence, when its gold plan is opened, then WeChat Pay was asked once with the JSAPI scene and the verdict waits for proof', async () => {
  const answer = await open()
  expect(answer.status).toBe(200)
  expect(answer.headers.get('etag')).toBe('"2"')
  expect(answer.body).toMatchObject({
    version: 2,
    gold_plan: { jsapi: { status: 'open', source: 'api', changed_by: 'field_agent' } },
    migration: { state: 'enrolled', reason: 'AWAITING_VERIFICATION', attention: ['SETTLING'] },
  })
  expect(backend.sandbox.control.ledger(sub_mchid).gold_plan).toMatchObject({ JSAPI: { status: 'open' } })
  expect(calls()).toBe(1)
  const trail = await backend.db
    .selectFrom('audit_entries')
    .selectAll()
    .where('target_id', '=', sub_mchid)
    .where('action', '=', 'gold_plan.open')
    .execute()
  expect(trail).toMatchObject([{ actor_id: 'staff-field_agent', actor_role: 'field_agent', after: { status: 'succeeded' } }])
})

test('given closed is asked, then 403 APPROVAL_REQUIRED and nothing reaches WeChat Pay', async () => {
  const answer = await backend.control('operator', sub_mchid, 'gold-plan/jsapi', { status: 'closed' })
  expect([answer.status, answer.body.code, calls()]).toEqual([403, 'APPROVAL_REQUIRED', 0])
})

test.each([
  ['no Idempotency-Key', { 'idempotency-key': undefined }, 400, 'IDEMPOTENCY_KEY_REQUIRED'],
  ['an Idempotency-Key that is no UUID', { 'idempotency-key': 'again' }, 400, 'IDEMPOTENCY_KEY_REQUIRED'],
  ['no If-Match', { 'if-match': undefined }, 428, 'PRECONDITION_REQUIRED'],
  ['an If-Match without a version', { 'if-match': '*' }, 428, 'PRECONDITION_REQUIRED'],
  ['an old If-Match', { 'if-match': '"0"' }, 412, 'VERSION_MISMATCH'],
])('given %s, then it is answered by name and the key stays unused', async (_, headers, status, code) => {
  const key = randomUUID()
  const answer = await open({ 'idempotency-key': key, ...headers })
  expect([answer.status, answer.body.code, calls()]).toEqual([status, code, 0])
  if (code === 'VERSION_MISMATCH') expect(answer.body.current).toMatchObject({ sub_mchid, version: 1 })
  expect((await open({ 'idempotency-key': key })).status).toBe(200)
})

test('given a weak ETag, then it counts as the strong one', async () => {
  expect((await open({ 'if-match': 'W/"1"' })).status).toBe(200)
})

test('given a write that was done, when it comes again with the same key, then the current merchant is answered and WeChat Pay is not asked again', async () => {
  const key = randomUUID()
  await open({ 'idempotency-key': key })
  await backend.control('field_agent', sub_mchid, 'receipt', { status: 'open' })
  const again = await open({ 'idempotency-key': key, 'if-match': '"1"' })
  expect([again.status, again.headers.get('idempotent-replayed'), again.body.version]).toEqual([200, 'true', 3])
  expect(calls()).toBe(2)
})

test('given a key that was used, when it comes with another body or path, then 422 IDEMPOTENCY_KEY_REUSED', async () => {
  const key = randomUUID()
  await backend.control('field_agent', sub_mchid, 'receipt', { status: 'open' }, { 'idempotency-key': key })
  const otherBody = await backend.control(
    'field_agent',
    sub_mchid,
    'receipt',
    { status: 'closed', reason: '商户要求' },
    { 'idempotency-key': key },
  )
  const otherPath = await open({ 'idempotency-key': key })
  expect([otherBody.body.code, otherPath.body.code]).toEqual(['IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_KEY_REUSED'])
})

test('given the same request ten times at once, then WeChat Pay is asked once', async () => {
  const headers = { 'idempotency-key': randomUUID(), 'if-match': '"1"' }
  const answers = await Promise.all(Array.from({ length: 10 }, () => open(headers)))
  for (const { status, body } of answers) expect([200, 'OPERATION_IN_PROGRESS']).toContain(status === 200 ? 200 : body.code)
  expect(answers.some(({ status }) => status === 200)).toBe(true)
  expect(calls()).toBe(1)
})

test('given ten different writes on one merchant at once, then one is done and the others are told why not', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => open({ 'if-match': '"1"' })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const { status, body } of answers) if (status !== 200) expect(['OPERATION_PENDING', 'VERSION_MISMATCH']).toContain(body.code)
  expect(calls()).toBe(1)
})

test.each([
  ['punished', 409, 'SUB_MERCHANT_PUNISHED', 'blocked'],
  ['not_exists', 409, 'SUB_MERCHANT_NOT_FOUND', 'blocked'],
  ['operation_failed_400', 409, 'WX_REJECTED', 'unknown'],
  ['unclassified', 502, 'WX_UNCLASSIFIED', 'unknown'],
  ['no_auth', 500, 'WX_CONFIG', 'unknown'],
])(
  'given WeChat Pay refuses with %s, then %i %s, evidence of it, the state is %s, and the same key says the same again',
  async (scenario, status, code, state) => {
    arrange(scenario)
    const headers = { 'idempotency-key': randomUUID(), 'if-match': '"1"' }
    const answer = await open(headers)
    expect([answer.status, answer.body.code, answer.headers.get('content-type')]).toEqual([
      status,
      code,
      'application/problem+json; charset=utf-8',
    ])
    expect(await merchant()).toMatchObject({ version: 1, evidence_count: 1, migration: { state }, open_operation: null })
    const operation = (await operationOf(headers['idempotency-key'])).body
    expect(operation).toMatchObject({ status: 'failed', code, wx_message: answer.body.wx_message })
    expect(operation.wx_message).not.toBe('')
    const again = await open(headers)
    expect([again.status, again.body.code, again.headers.get('idempotent-replayed'), calls()]).toEqual([status, code, 'true', 1])
  },
)

test.each([
  ['rate_limited_400', 429, 'WX_RATE_LIMITED'],
  ['rate_limited_429', 429, 'WX_RATE_LIMITED'],
])('given %s once, then %i %s with Retry-After, and the same key may be used again', async (scenario, status, code) => {
  arrange(scenario, 1)
  const headers = { 'idempotency-key': randomUUID(), 'if-match': '"1"' }
  const answer = await open(headers)
  expect([answer.status, answer.body.code]).toEqual([status, code])
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await merchant()).evidence_count).toBe(0)
  const again = await open(headers)
  expect([again.status, again.headers.get('idempotent-replayed'), calls()]).toEqual([200, null, 2])
})

test.each([
  ['unclassified', 'zh-CN', /^微信支付返回：/],
  ['unclassified', 'en', /^WeChat Pay says: /],
  ['rate_limited_429', 'zh-CN', /^操作太频繁，\d+ 秒后重试。$/],
  ['rate_limited_429', 'en', /^Too many operations\. Try again in \d+ s\.$/],
])('given %s, when %s is asked for, then the sentence with its value is in that language', async (scenario, language, detail) => {
  arrange(scenario, 1)
  expect((await open({ 'accept-language': language })).body.detail).toMatch(detail)
})

test.each([
  ['lost_after', 'unknown'],
  ['cut_body', 'unknown'],
  ['forged', 'not_authentic'],
  ['signtest', 'not_authentic'],
  ['unsigned', 'not_authentic'],
  ['stale', 'not_authentic'],
])('given an answer that is %s, then 202 unknown, other writes wait, and asking again after 5 s settles it', async (scenario, phase) => {
  arrange(scenario, 1)
  const key = randomUUID()
  const begun = backend.clock.now().getTime()
  const answer = await open({ 'idempotency-key': key })
  const answered = backend.clock.now().getTime()
  expect([answer.status, answer.body.status, answer.headers.get('location')]).toEqual([202, 'unknown', `/v1/operations/${key}`])
  expect(await merchant()).toMatchObject({ version: 1, evidence_count: 0, open_operation: { key, status: 'unknown' } })
  const other = await backend.control('region_lead', sub_mchid, 'receipt', { status: 'open' })
  expect([other.status, other.body.code, other.body.operation_key]).toEqual([409, 'OPERATION_PENDING', key])

  const due = await dueAt()
  expect([due - 5_000 >= begun, due - 5_000 <= answered]).toEqual([true, true])
  expect([await askAgainAt(due - 1), await askAgainAt(due)]).toEqual([0, 1])
  expect((await operationOf(key)).body).toMatchObject({ status: 'succeeded', result: { version: 2 } })
  expect(await attempts()).toEqual([phase, 'succeeded'])
  const replay = await open({ 'idempotency-key': key })
  expect([replay.status, replay.headers.get('idempotent-replayed')]).toEqual([200, 'true'])
})

test('given an answer that stays lost, then it is asked again after 5 s, 30 s, 2, 10 and 60 min and then left to a person, whose look at the console settles it', async () => {
  arrange('lost_after')
  const key = randomUUID()
  const begun = backend.clock.now().getTime()
  await open({ 'idempotency-key': key })
  const answered = backend.clock.now().getTime()
  const first = await dueAt()
  expect([first - 5_000 >= begun, first - 5_000 <= answered]).toEqual([true, true])
  let at = first
  for (const wait of [0, 30_000, 2 * minute, 10 * minute, 60 * minute]) {
    at += wait
    expect((await operationOf(key)).body.status).toBe('unknown')
    expect([await dueAt(), await askAgainAt(at - 1), await askAgainAt(at)]).toEqual([at, 0, 1])
  }
  expect((await operationOf(key)).body.status).toBe('unresolved')
  backend.sandbox.control.clock.advance(100 * hour)
  expect([await askAgain(backend.app.context), calls()]).toEqual([0, 6])
  expect((await merchant()).open_operation).toMatchObject({ key, status: 'unresolved' })
  // a look from before it was sent says nothing about it, nor does one at another switch
  await backend.addEvidence(sub_mchid, { kind: 'portal_check', ago: 200 * hour, detail: { gold_plan_jsapi: 'closed' } })
  await backend.addEvidence(sub_mchid, { kind: 'portal_check', ago: 0, detail: { receipt: 'open' } })
  expect((await merchant()).open_operation).toMatchObject({ key, status: 'unresolved' })
  await backend.addEvidence(sub_mchid, { kind: 'portal_check', ago: 0, detail: { gold_plan_jsapi: 'open' } })
  expect(await merchant()).toMatchObject({ open_operation: null, migration: { state: 'enrolled' } })
})

test('given two workers at once, then one operation is asked once', async () => {
  arrange('lost_after', 1)
  await open()
  backend.sandbox.control.clock.advance(6_000)
  const touched = await Promise.all([askAgain(backend.app.context), askAgain(backend.app.context), askAgain(backend.app.context)])
  expect([touched.reduce((sum, one) => sum + one), calls()]).toEqual([1, 2])
})

test('given a key that never arrived, then its operation is 404, and a colleague cannot read mine', async () => {
  expect((await operationOf(randomUUID())).status).toBe(404)
  const key = randomUUID()
  await open({ 'idempotency-key': key })
  expect((await backend.call('operator', 'GET', `/v1/operations/${key}`)).status).toBe(404)
})

test('given a shop that left my scope, then what became of my write is told without the shop, not as one that never arrived', async () => {
  const key = randomUUID()
  await open({ 'idempotency-key': key })
  await backend.db.updateTable('sub_merchants').set({ region_code: '110101' }).where('sub_mchid', '=', sub_mchid).execute()
  const { status, body } = await operationOf(key)
  expect([status, body.status, body.result]).toEqual([200, 'succeeded', undefined])
})

test('given a close 3 h ago, then opening is locked until 24 h have passed, without asking WeChat Pay', async () => {
  await backend.addEvidence(sub_mchid, {
    kind: 'api_operation',
    ago: 3 * hour,
    detail: { operation: 'gold_plan.close', scene: 'jsapi', result: 'succeeded' },
  })
  const locked = await open()
  expect([locked.status, locked.body.code, calls()]).toEqual([409, 'REOPEN_LOCKED', 0])
  const until = Date.parse(String(locked.body.reopen_available_at))
  expect(Math.round((until - backend.clock.now().getTime()) / minute)).toBe(21 * 60)
  expect((await merchant()).gold_plan.jsapi.reopen_available_at).toBe(locked.body.reopen_available_at)
  backend.sandbox.control.clock.advance(21 * hour + minute)
  expect((await merchant()).gold_plan.jsapi.reopen_available_at).toBeNull()
  expect((await open()).status).toBe(200)
})

test('given WeChat Pay says less than 24 h and we hold no close, then the time of the lock is null', async () => {
  arrange('closed_on_console')
  const answer = await open()
  expect([answer.status, answer.body.code, answer.body.reopen_available_at]).toEqual([409, 'REOPEN_LOCKED', null])
})

test('given no receipt link, then the receipt cannot be opened; given the plan is not open, then the open receipt says so', async () => {
  await backend.db.updateTable('provider').set({ receipt_link_configured: false }).execute()
  const refused = await backend.control('field_agent', sub_mchid, 'receipt', { status: 'open' })
  await backend.db.updateTable('provider').set({ receipt_link_configured: true }).execute()
  expect([refused.status, refused.body.code, calls()]).toEqual([409, 'RECEIPT_LINK_MISSING', 0])
  const opened = await backend.control('field_agent', sub_mchid, 'receipt', { status: 'open' })
  expect(opened.body).toMatchObject({ receipt: { status: 'open', hint: 'INEFFECTIVE_NEEDS_GOLD_PLAN' } })
})

test('given the receipt is closed without a reason, then 422 names the field; with one, it is closed', async () => {
  const without = await backend.control('field_agent', sub_mchid, 'receipt', { status: 'closed' })
  expect([without.status, without.body.errors]).toMatchObject([422, [{ field: 'reason', code: 'REQUIRED' }]])
  const closed = await backend.control('field_agent', sub_mchid, 'receipt', { status: 'closed', reason: '商户要求' })
  expect(closed.body).toMatchObject({ receipt: { status: 'closed' } })
})

test.each([
  [[], 'EMPTY_NOT_SUPPORTED'],
  [['FOOD', 'RETAIL', 'CAR', 'GAME'], 'TOO_MANY'],
  [['PHOTOGRAPHY'], 'UNKNOWN_INDUSTRY'],
])('given the filter %j, then 422 %s', async (industries, code) => {
  const answer = await backend.control('field_agent', sub_mchid, 'ad-filter', { industries })
  expect([answer.status, answer.body.code, calls()]).toEqual([422, code, 0])
})

test('given the plan is open, then ads and filter can be set by those who may; given it is not, then the plan comes first', async () => {
  expect((await backend.control('region_lead', sub_mchid, 'advertising', { status: 'open' })).body.code).toBe('GOLD_PLAN_NOT_OPEN')
  await open()
  expect((await backend.control('field_agent', sub_mchid, 'advertising', { status: 'open' })).body).toMatchObject({
    code: 'ACTION_FORBIDDEN',
    required_action: 'advertising.open',
  })
  expect((await backend.control('region_lead', sub_mchid, 'advertising', { status: 'open' })).body).toMatchObject({
    advertising: { status: 'open' },
  })
  expect((await backend.control('field_agent', sub_mchid, 'ad-filter', { industries: ['POTOGRAPHY', 'FOOD'] })).body).toMatchObject({
    ad_filter: { industries: ['POTOGRAPHY', 'FOOD'] },
  })
  expect(backend.sandbox.control.ledger(sub_mchid).advertising_industry_filters).toEqual(['POTOGRAPHY', 'FOOD'])
})

test('given WeChat Pay is slower than the caller waits, then 202 pending, and the answer is written when it comes', async () => {
  const patient = await startBackend({ slowCallMs: 50 })
  try {
    await patient.addMerchant(sub_mchid)
    patient.sandbox.control.setMerchant(sub_mchid, { scenario: 'slow', delay_seconds: 1 })
    const key = randomUUID()
    const answer = await patient.control('field_agent', sub_mchid, 'gold-plan/jsapi', { status: 'open' }, { 'idempotency-key': key })
    expect([answer.status, answer.body.status]).toEqual([202, 'pending'])
    await eventually(
      'the operation succeeds',
      async () => (await patient.call('field_agent', 'GET', `/v1/operations/${key}`)).body.status === 'succeeded',
    )
  } finally {
    await patient.close()
  }
})
