// What WeChat Pay limits: asked when something calls for it, at one pace, kept as evidence with what ends it, and ended when it is lifted (product.md C2).
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { manualClock } from '../../../../backend/platform/clock.ts'
import { connect } from '../../../../backend/database/connection.ts'
import { askAboutLimitations } from '../../../../backend/evidence/limitations/asking.ts'
import { recoverWays } from '../../../../backend/evidence/limitations/ways.ts'
import type { LimitationState } from '../../../../backend/evidence/limitations/schema.ts'
import { LIMITED_FUNCTIONS, RECOVER_WAYS, type Limitation } from '../../../../dev/sandbox/index.ts'
import { day, hour, startBackend, type Backend } from '../../support/backend.ts'
import { limitedShops } from './shops.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend({ orderQueriesPerMinute: 1_000 })
})
afterAll(() => backend.close())

const { newShop, limit, later, askAll, limitationsOf, stateOf, questions, tell } = limitedShops(() => backend)
const stopped: Limitation = { functions: ['NO_TRANSACTION'], reason: '涉嫌套现', recover_way: 'SUBMIT_INFORMATION_FOR_APPEAL' }
const refresh = (sub_mchid: string, key: string = randomUUID()) =>
  backend.call<LimitationState>('field_agent', 'POST', `/v1/sub-merchants/${sub_mchid}/limitations/refresh`, {
    body: {},
    headers: { 'idempotency-key': key },
  })

describe('when somebody asks', () => {
  test('given a limited merchant, then it is blocked, with the reason and what the owner has to do; asked again nothing is added', async () => {
    const shop = await newShop([stopped])
    const key = randomUUID()
    const { status, body } = await refresh(shop, key)
    expect([status, body.limited, body.migration.state, body.migration.reason]).toEqual([200, true, 'blocked', 'NO_TRANSACTION'])
    expect(body.evidence).toMatchObject({
      kind: 'limitation',
      can_withdraw: false,
      detail: {
        code: 'NO_TRANSACTION',
        reason: '涉嫌套现',
        recover_way: 'SUBMIT_INFORMATION_FOR_APPEAL',
        active: true,
        cases: [{ what_to_do: '请商户提交资料申诉。', help_url: 'https://kf.qq.com/faq/submit_information_for_appeal.html' }],
      },
    })
    expect((await refresh(shop)).body.evidence!.id).toBe(body.evidence!.id)
    const replay = await refresh(shop, key)
    expect([replay.headers.get('idempotent-replayed'), replay.body]).toEqual(['true', body])
    expect(await limitationsOf(shop)).toHaveLength(1)
    // a sentence is not stored
    expect(JSON.stringify((await limitationsOf(shop))[0]!.detail)).not.toContain('请商户')
  })
  test('given it is lifted, then that is evidence, too, and the merchant is as before', async () => {
    const shop = await newShop([stopped])
    await refresh(shop)
    limit(shop, [])
    const { body } = await refresh(shop)
    expect([body.limited, body.evidence!.detail, body.migration.state]).toEqual([
      false,
      { code: 'NO_TRANSACTION', active: false },
      'unknown',
    ])
    expect((await refresh(shop)).body.evidence!.id).toBe(body.evidence!.id)
    expect(await limitationsOf(shop)).toHaveLength(2)
  })
  test('given nothing was ever limited, then nothing is written', async () => {
    const shop = await newShop()
    expect((await refresh(shop)).body).toMatchObject({ limited: false, evidence: null, migration: { state: 'unknown' } })
    expect(await limitationsOf(shop)).toEqual([])
  })
  test('given each of the 19 ways and a new one, then the 19 have a sentence, and the new one is kept as it is', async () => {
    expect(Object.keys(recoverWays).sort()).toEqual([...RECOVER_WAYS].sort())
    const shop = await newShop()
    for (const recover_way of [...RECOVER_WAYS, 'SOMETHING_OF_2027']) {
      limit(shop, [{ functions: ['NO_REFUND', 'A_NEW_FUNCTION'], recover_way, reason_type: 'A_NEW_REASON' }])
      const { body } = await refresh(shop)
      const detail = body.evidence!.kind === 'limitation' ? body.evidence!.detail : null
      expect(detail).toMatchObject({ code: 'NO_REFUND', recover_way, functions: ['NO_REFUND', 'A_NEW_FUNCTION'] })
      expect(detail!.cases![0]!.what_to_do).toBe(recoverWays[recover_way])
    }
  })
  test('given words that no table can keep, then the rest of them is kept, by itself and on demand', async () => {
    const limited: Limitation = { functions: ['NO_\0REFUND'], reason: '经营地址\ud83d异常', recover_way: 'IRRECOVERABLE' }
    const [asked, told] = [await newShop([limited]), await newShop([limited])]
    expect((await refresh(asked)).body.evidence!.detail).toMatchObject({ code: 'NO_REFUND', reason: '经营地址异常' })
    await tell({ sub_mchid: told })
    await askAll()
    expect([await questions(), (await limitationsOf(told)).map(({ detail }) => detail)]).toEqual([
      [],
      [expect.objectContaining({ code: 'NO_REFUND' })],
    ])
  })
  test('given a reason longer than is kept, then its beginning is', async () => {
    const shop = await newShop([{ functions: ['NO_REFUND'], reason: '𠮷'.repeat(1_500), recover_way: 'IRRECOVERABLE' }])
    await refresh(shop)
    const [kept] = await limitationsOf(shop)
    expect(kept!.detail).toMatchObject({ reason: `${'𠮷'.repeat(999)}…` })
  })
  test('given a limitation that is only announced, then it is told with its day, and stops nothing; begun, it blocks; called off, it is over', async () => {
    const soon = { functions: ['NO_WITHDRAWAL'], recover_way: 'CONFIRM_BUSINESS_TYPE', since: '2026-12-20T00:00:00+08:00', planned: true }
    const shop = await newShop([soon])
    const { body } = await refresh(shop)
    expect([body.limited, body.migration.state]).toEqual([false, 'unknown'])
    expect(body.evidence!.detail).toMatchObject({
      code: 'NO_WITHDRAWAL',
      active: false,
      functions: ['NO_WITHDRAWAL'],
      cases: [{ planned: true, since: '2026-12-20T00:00:00+08:00', what_to_do: '请商户确认经营类型。' }],
    })
    limit(shop, [stopped, soon])
    const both = (await refresh(shop)).body
    expect([both.limited, both.migration.state, both.evidence!.detail]).toEqual([
      true,
      'blocked',
      expect.objectContaining({ code: 'NO_TRANSACTION', active: true, functions: ['NO_TRANSACTION'] }),
    ])
    limit(shop, [soon])
    expect((await refresh(shop)).body).toMatchObject({
      limited: false,
      migration: { state: 'unknown' },
      evidence: { detail: { active: false } },
    })
    expect((await limitationsOf(shop)).map(({ detail }) => [detail.code, detail.active])).toEqual([
      ['NO_WITHDRAWAL', false],
      ['NO_TRANSACTION', true],
      ['NO_TRANSACTION', false],
      ['NO_WITHDRAWAL', false],
    ])
    limit(shop, [])
    later(day)
    await askAll()
    expect((await limitationsOf(shop)).at(-1)!.detail).toEqual({ code: 'NO_WITHDRAWAL', active: false })
  })
  test('given every function that can be limited, then what stops payments is named first', async () => {
    const shop = await newShop([{ functions: [...LIMITED_FUNCTIONS].reverse(), recover_way: 'IRRECOVERABLE' }])
    expect((await refresh(shop)).body.migration.reason).toBe('NO_TRANSACTION_AND_RECHARGE')
  })
  test('given WeChat Pay refuses or its answer is of another merchant, then it is said, nothing is written, and the key may be used again', async () => {
    const shop = await newShop([stopped])
    const key = randomUUID()
    for (const [scenario, code] of [
      ['rate_limited_429', 'WX_RATE_LIMITED'],
      ['other_merchant', 'WX_UNAVAILABLE'],
      ['forged', 'WX_UNCLASSIFIED'],
    ] as const) {
      backend.sandbox.control.setMerchant(shop, { scenario, times: 2 })
      expect((await refresh(shop, key)).body).toMatchObject({ code })
      backend.sandbox.control.setMerchant(shop, { scenario: 'normal' })
    }
    expect(await limitationsOf(shop)).toEqual([])
    expect((await refresh(shop, key)).status).toBe(200)
  })
})

describe('by itself', () => {
  test('given an opening that was refused, then WeChat Pay is asked why, once', async () => {
    await askAll()
    const shop = await newShop([stopped])
    backend.sandbox.control.setMerchant(shop, { scenario: 'punished', times: 1 })
    expect((await backend.control('field_agent', shop, 'gold-plan/jsapi', { status: 'open' })).body.code).toBe('SUB_MERCHANT_PUNISHED')
    expect(await questions()).toEqual([{ sub_mchid: shop, cause: 'refused' }])
    expect(await askAll()).toBe(1)
    expect([await questions(), (await limitationsOf(shop)).length]).toEqual([[], 1])
    const entry = await backend.db
      .selectFrom('audit_entries')
      .selectAll()
      .where('action', '=', 'limitation.write')
      .where('target_id', '=', shop)
      .execute()
    expect(entry).toMatchObject([{ actor_id: null, after: { limited: true, reason: 'NO_TRANSACTION' } }])
  })
  test('given a night, then those that are blocked are asked about, and one that is free again is no longer blocked', async () => {
    const shop = await newShop([stopped])
    await refresh(shop)
    expect(await stateOf(shop)).toBe('blocked')
    await askAll()
    limit(shop, [])
    expect(await askAll()).toBe(0)
    later(day)
    expect(await askAll()).toBeGreaterThan(0)
    expect(await stateOf(shop)).toBe('unknown')
  })
  test('given a night, then those are asked about, too, where the official page was seen since, and an end is found', async () => {
    const shop = await newShop([{ functions: ['NO_WITHDRAWAL'], recover_way: 'CONFIRM_BUSINESS_TYPE' }])
    await refresh(shop)
    later(hour)
    const detail = { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'official_receipt' } as const
    await backend.addEvidence(shop, { ago: 0, kind: 'test_payment', detail })
    expect(await stateOf(shop)).toBe('verified')
    limit(shop, [])
    later(day)
    await askAll()
    expect((await limitationsOf(shop)).at(-1)!.detail).toEqual({ code: 'NO_WITHDRAWAL', active: false })
    later(day)
    expect((await questions()).map(({ sub_mchid }) => sub_mchid)).not.toContain(shop)
  })
  test('given two processes and many questions, then one a second is asked, and after "too often" none for as long as it says', async () => {
    const shops = await Promise.all(Array.from({ length: 4 }, () => newShop([stopped])))
    for (const sub_mchid of shops) await tell({ sub_mchid })
    // a second is long where many tests run: here only the test lets time pass
    const clock = manualClock(backend.clock.now())
    const first = { ...backend.app.context, clock }
    const second = { ...first, db: connect(backend.databaseUrl) }
    const round = async () => (await Promise.all([askAboutLimitations(first), askAboutLimitations(second)])).reduce((a, b) => a + b)
    expect([await round(), await round()]).toEqual([1, 0])
    clock.advance(1_000)
    backend.sandbox.control.setMerchants(Object.fromEntries(shops.map(one => [one, { scenario: 'rate_limited_429', times: 1 } as const])))
    expect(await round()).toBe(1)
    clock.advance(19_000)
    expect(await round()).toBe(0)
    clock.advance(2_000)
    expect(await round()).toBe(1)
    backend.sandbox.control.setMerchants(Object.fromEntries(shops.map(one => [one, { scenario: 'normal' } as const])))
    later(hour)
    await askAll()
    await second.db.destroy()
    for (const shop of shops) expect(await limitationsOf(shop)).toHaveLength(1)
  })
})
