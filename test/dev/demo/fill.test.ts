// The demo data on real PostgreSQL: what each shop stands for is what the real derivation says about it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { manualClock } from '../../../backend/platform/clock.ts'
import { aloneLimits } from '../../../backend/database/client.ts'
import { connect, type Database } from '../../../backend/database/connection.ts'
import { crowdSize } from '../../../dev/demo/crowd.ts'
import { difficultMerchants } from '../../../dev/demo/difficulties.ts'
import { fillDemoData, type DemoFill } from '../../../dev/demo/index.ts'
import { wechatSideOfDemo } from '../../../dev/demo/wechat-side.ts'
import { readme } from '../../../dev/demo/readme.ts'
import { startSandbox } from '../../../dev/sandbox/index.ts'
import { recordLimitations } from '../../../backend/evidence/limitations/record.ts'
import { watchMerchants } from '../../../backend/evidence/suspicion/watch.ts'
import { createWechatPay } from '../../../backend/wechatpay/index.ts'
import { byRole, provider } from '../../../dev/demo/organisation.ts'
import { bytesNamed } from '../../../backend/directory/imports/file.ts'
import { differencesOf, heldMerchants } from '../../../backend/directory/portal-lists/judge.ts'
import { readList } from '../../../backend/directory/portal-lists/rows.ts'
import { billHealth } from '../../../backend/evidence/bills/health.ts'
import { attentionNow } from '../../../backend/evidence/verdict/attention.ts'
import { isDivision } from '../../../backend/company/regions/divisions.ts'
import { createTestDatabase, DEMO_MOMENT as start, type TestDatabase } from '../../support/database.ts'

const clock = manualClock(start)
/** milliseconds: the data is filled twice, on a machine that may be busy */
const patience = 240_000
let database: TestDatabase
let connection: Database
let interruption: string
let filled: DemoFill
/** the moments that what lies beside the rows was asked for with */
const told: Date[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  connection = connect(database.url, 10, aloneLimits)
  interruption = await fillDemoData(connection, clock, () => Promise.reject(new Error('interrupted'))).then(
    () => 'it was filled',
    (error: Error) => error.message,
  )
  filled = await fillDemoData(connection, clock, async now => void told.push(now))
}, patience)
afterAll(async () => {
  await connection?.destroy()
  await database?.drop()
})

const merchant = (sub_mchid: string) =>
  connection.selectFrom('sub_merchants').selectAll().where('sub_mchid', '=', sub_mchid).executeTakeFirstOrThrow()

/** the list from the console, held beside the demo as the page's preview does */
async function listBeside(): Promise<Record<string, string[]>> {
  const numbers = [provider.sp_mchid] as const
  const bytes = readFileSync(new URL('../../../dev/demo/console-list.csv', import.meta.url))
  const { looks, refused } = await readList(bytesNamed('console-list.csv', bytes), { checked_at: start, now: start, numbers })
  const operator = { numbers, staff_id: byRole('operator').id, role: 'operator', region_codes: [], assigned_only: false } as const
  const groups: Record<string, string[]> = {
    same: [],
    differ: [],
    newer: [],
    unknown: [],
    refused: [...new Set(refused.map(row => row.refused.code))].sort(),
  }
  await connection.transaction().execute(async trx => {
    const held = await heldMerchants(
      trx,
      operator,
      looks.map(({ sub_mchid }) => sub_mchid),
    )
    for (const look of looks) {
      const merchant = held.get(look.sub_mchid)
      const differences = merchant ? differencesOf(merchant, look) : []
      groups[merchant ? (differences.length > 0 ? 'differ' : 'same') : 'unknown']!.push(look.sub_mchid)
      if (differences.some(({ newer }) => newer)) groups.newer!.push(look.sub_mchid)
    }
  })
  return groups
}

describe('the list from the console', () => {
  test('has rows of every group, and one that is older than what we hold', async () => {
    expect(await listBeside()).toEqual({
      same: ['1900000120'],
      differ: ['1900000109', '1900000108', '1900000161', '1900000163'],
      newer: ['1900000161'],
      unknown: ['1999999990'],
      refused: ['CONTRADICTION', 'MISSING', 'NOT_A_NUMBER', 'NOT_A_STATUS'],
    })
  })
})

describe('an empty database', () => {
  test('given what lies beside the rows cannot be put there, then nothing is filled, and the next fill begins again', () => {
    expect([interruption, filled.filled, told]).toEqual(['interrupted', true, [start]])
  })

  test('given the fill, then every difficulty and the whole crowd are there, each 商户号 and crowd name once', async () => {
    const rows = await connection.selectFrom('sub_merchants').select(['sub_mchid', 'name']).execute()
    expect(filled).toMatchObject({ filled: true, merchants: difficultMerchants.length + crowdSize })
    expect(new Set(rows.map(row => row.sub_mchid)).size).toBe(difficultMerchants.length + crowdSize)
    const crowdNames = rows.filter(row => row.sub_mchid.startsWith('19001')).map(row => row.name)
    expect(crowdNames).toHaveLength(2_000)
    expect(new Set(crowdNames).size).toBe(2_000)
  })

  test('given the fill, then every state has shops among the difficulties and in the crowd', async () => {
    const rows = await connection.selectFrom('sub_merchants').select(['sub_mchid', 'migration_state']).execute()
    const states = ['unknown', 'not_applicable', 'not_migrated', 'enrolled', 'verified', 'regressed', 'blocked'].sort()
    const statesOf = (crowd: boolean) =>
      [...new Set(rows.filter(row => row.sub_mchid.startsWith('19001') === crowd).map(row => row.migration_state))].sort()
    expect(statesOf(false)).toEqual(states)
    expect(statesOf(true)).toEqual(states)
  })

  test('given the fill, then WeChat is of the mind that the directory lists, for every shop', async () => {
    const rows = await connection.selectFrom('sub_merchants').selectAll().orderBy('sub_mchid').execute()
    const sides = wechatSideOfDemo(start)
    const listed = rows.map(row => [row.sub_mchid, row.gold_plan_status, row.receipt_status, row.advertising_status])
    const remembered = rows.map((row, index) => {
      const { gold_plan, receipt, advertising } = sides[row.sub_mchid]!
      const where = (known: unknown, status: string) => (known === 'unknown' ? 'unknown' : status)
      const [, jsapi, receiptListed, advertisingListed] = listed[index]!
      return [row.sub_mchid, where(jsapi, gold_plan.JSAPI.status), where(receiptListed, receipt), where(advertisingListed, advertising)]
    })
    expect(remembered).toEqual(listed)
    expect(listed.filter(([, jsapi]) => jsapi === 'open').length).toBeGreaterThan(500)
  })

  test('given the fill, when WeChat is asked what it limits, then it says what is known of every shop that is limited', async () => {
    const { sp_mchid } = provider
    const sandbox = await startSandbox({ spMchid: sp_mchid })
    try {
      sandbox.control.setMerchants(wechatSideOfDemo(start) as Parameters<typeof sandbox.control.setMerchants>[0])
      const { limitations } = createWechatPay(sandbox.wechatPayConfig())
      const blocked = connection.selectFrom('sub_merchants').select('sub_mchid').where('migration_state', '=', 'blocked')
      const limited = await connection
        .selectFrom('evidence')
        .select(['id', 'sub_mchid'])
        .where('kind', '=', 'limitation')
        .where('sub_mchid', 'in', blocked)
        .execute()
      expect(limited.map(({ sub_mchid }) => sub_mchid)).toContain('1900000133')
      for (const { id, sub_mchid } of limited) {
        const said = await limitations.ask(sub_mchid)
        const recorded = await connection.transaction().execute(trx => recordLimitations(trx, { sp_mchid, sub_mchid }, said, start))
        expect([sub_mchid, recorded]).toMatchObject([sub_mchid, { limited: true, evidence_id: id, changes: null }])
      }
    } finally {
      await sandbox.close()
    }
  })

  test('given the bills of the fill, then each of ninety days is known: the backend of a demo has none to ask for', async () => {
    expect(await billHealth(connection, provider.sp_mchid, start)).toMatchObject({ days: 90, missing_count: 0, troubles: [] })
  })
  test('given the bills of the fill, then the watch finds the one shop that is marked, and nobody else', async () => {
    const marked = () =>
      connection.selectFrom('sub_merchants').select(['sub_mchid', 'suspected']).where('suspected_at', 'is not', null).execute()
    const before = await marked()
    expect(before).toHaveLength(1)
    await watchMerchants({ db: connection, clock, sp_mchid: provider.sp_mchid, numbers: [provider.sp_mchid] })
    expect(await marked()).toEqual(before)
  })

  test.each(difficultMerchants.map(one => [one.sub_mchid, one.difficulty, one.expect] as const))(
    'given %s (%s), then the derivation says so',
    async (sub_mchid, _, expected) => {
      const row = await merchant(sub_mchid)
      const marks = attentionNow(row, { now: start, staleAfterDays: 90 })
      const attention = [...new Set(row.receipt_error ? [...marks, 'RECEIPT_ERROR' as const] : marks)]
      expect({ state: row.migration_state, reason: row.migration_reason, attention }).toEqual(expected)
    },
  )

  test('given the crowd, then regions are real districts, about 60 % of them in Shenzhen', async () => {
    const rows = await connection.selectFrom('sub_merchants').select('region_code').execute()
    expect(rows.filter(row => !isDivision(row.region_code))).toEqual([])
    const shenzhen = rows.filter(row => row.region_code.startsWith('4403')).length / rows.length
    expect(shenzhen).toBeGreaterThan(0.55)
    expect(shenzhen).toBeLessThan(0.68)
    expect(new Set(rows.map(row => row.region_code.slice(0, 2))).size).toBeGreaterThan(8)
  })

  test('given 1900000109, then it was opened 3 days ago by the API, its flow confirmed a day before, its receipt open', async () => {
    const row = await merchant('1900000109')
    expect(row).toMatchObject({ name: '科技面馆(科苑店)', region_code: '440305', gold_plan_status: 'open', receipt_status: 'open' })
    expect(row.pinyin_initials).toMatch(/^kjmg/)
    expect(row.switches).toMatchObject({ gold_plan: { jsapi: { source: 'api', changed_at: '2026-11-20T02:00:00.000Z' } } })
    expect(row.migration_steps.flow_confirmed).toMatchObject({ at: '2026-11-19T02:00:00.000Z', kind: 'flow_conclusion' })
  })

  test('given 1900000108, then the lock of its closing 3 hours ago runs for another 21', async () => {
    const row = await merchant('1900000108')
    expect(row.switches).toMatchObject({ gold_plan: { jsapi: { status: 'closed', reopen_available_at: '2026-11-23T23:00:00.000Z' } } })
  })

  test('given 1900000138 and 139, then their last write has no known outcome', async () => {
    const rows = await connection
      .selectFrom('operations')
      .select(['sub_mchid', 'status', 'attempts'])
      .where('status', '<>', 'failed')
      .orderBy('sub_mchid')
      .execute()
    expect(rows).toEqual([
      { sub_mchid: '1900000138', status: 'unknown', attempts: 5 },
      { sub_mchid: '1900000139', status: 'unresolved', attempts: 6 },
    ])
  })

  test('given the writes that WeChat Pay refused, then two of its texts are unknown to the program', async () => {
    const rows = await connection
      .selectFrom('operations')
      .select(['code', 'wx_message'])
      .where('code', '=', 'WX_UNCLASSIFIED')
      .distinct()
      .orderBy('wx_message')
      .execute()
    expect(rows.map(({ wx_message }) => wx_message).sort()).toEqual(['商户不支持开通该业务', '商户类型不合法'])
  })

  test('given the staff, then each role is bound to the openid that the sandbox gives for it, within its regions', async () => {
    const rows = await connection
      .selectFrom('staff')
      .innerJoin('staff_bindings', 'staff_bindings.staff_id', 'staff.id')
      .select(['openid', 'display_name', 'role', 'region_codes'])
      .where('status', '=', 'active')
      .orderBy('staff.id')
      .execute()
    expect(rows).toEqual([
      { openid: 'openid-demo-field_agent', display_name: '业务员 03', role: 'field_agent', region_codes: ['440305'] },
      { openid: 'openid-demo-region_lead', display_name: '区域主管 01', role: 'region_lead', region_codes: ['440300'] },
      { openid: 'openid-demo-operator', display_name: '运营 02', role: 'operator', region_codes: [] },
      { openid: 'openid-demo-auditor', display_name: '审计 01', role: 'auditor', region_codes: [] },
      { openid: 'openid-demo-admin', display_name: '管理员 01', role: 'admin', region_codes: [] },
      { openid: 'openid-demo-colleague', display_name: '业务员 05', role: 'field_agent', region_codes: ['440300'] },
    ])
  })
})

describe('a database in use', () => {
  test('given a second fill, then nothing is written and the unused invite code is told again', async () => {
    const count = () =>
      connection
        .selectFrom('evidence')
        .select(({ fn }) => fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    const before = await count()
    expect(await fillDemoData(connection, clock)).toEqual({ filled: false, merchants: 0, inviteCode: filled.inviteCode })
    expect(await count()).toEqual(before)
  })
  test('given 72 hours have passed, then the invite code is not told any more', async () => {
    expect(await fillDemoData(connection, manualClock(new Date(start.getTime() + 72 * 3_600_000)))).toEqual({ filled: false, merchants: 0 })
  })
  test('given a database that holds one merchant only, then it is left alone', async () => {
    const other = await createTestDatabase()
    const used = connect(other.url, 10, aloneLimits)
    try {
      await used
        .insertInto('provider')
        .values({ sp_mchid: '1900000002', name: '另一家', default_open_since: null, updated_at: start })
        .execute()
      expect(await fillDemoData(used, clock)).toEqual({ filled: false, merchants: 0 })
      expect(await used.selectFrom('staff').selectAll().execute()).toEqual([])
    } finally {
      await used.destroy()
      await other.drop()
    }
  })
  test(
    'given the same clock, then another database gets the very same data',
    async () => {
      // filled by whichever test file needed it first
      const other = await createTestDatabase({ demo: true })
      const second = connect(other.url, 10, aloneLimits)
      try {
        const everything = async (of: Database) => [
          // the number of the transaction is the server's own
          (await of.selectFrom('sub_merchants').selectAll().orderBy('sub_mchid').execute()).map(row => ({ ...row, written_in: null })),
          await of.selectFrom('evidence').selectAll().orderBy('id').execute(),
          await of.selectFrom('visits').selectAll().orderBy('id').execute(),
          await of.selectFrom('photos').selectAll().orderBy('id').execute(),
        ]
        expect(await everything(second)).toEqual(await everything(connection))
      } finally {
        await second.destroy()
        await other.drop()
      }
    },
    patience,
  )
})

test('given README.md, then its table is the one that the data gives', () => {
  expect(readFileSync(new URL('../../../dev/demo/README.md', import.meta.url), 'utf8')).toBe(readme())
})
