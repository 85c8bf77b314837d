// A made-up directory of any size over the whole country: names from the demo's wide vocabulary, verdicts and staff as a provider has them.
import pg from 'pg'
import { seededRandom, type Random } from '../../dev/demo/random.ts'
import { shopName } from '../../dev/demo/shop-names.ts'
import { searchTerms } from '../../backend/directory/merchants/search-terms.ts'
import divisions from '../../backend/company/regions/divisions.json' with { type: 'json' }
import { copyInto, copyLine } from './copy.ts'
import { sp_mchid } from './database.ts'

/** what a district-sized scope is asked about */
export const district = '440305'
export const city = '440300'

const columns =
  'sp_mchid sub_mchid name short_name search_name search_short_name search_address pinyin pinyin_initials terms industry region_code address assigned_to ' +
  'gold_plan_status receipt_status advertising_status migration_state migration_reason migration_since migration_attention receipt_error ' +
  'migration_proof created_at updated_at'
const roads =
  '人民路 中山路 建设路 解放路 和平路 文化路 新华路 胜利路 光明路 东风路 科技路 创业路 滨河路 湖滨路 工业路 长江路 桂花路 梧桐路 白云路 前进路'.split(
    ' ',
  )
const districts = (divisions as [string, string][]).filter(([code]) => !code.endsWith('00'))
const nameOf = new Map(divisions as [string, string][])
const states: readonly (readonly [number, { state: string; gold_plan: string; proof: string | null }])[] = [
  [30, { state: 'not_migrated', gold_plan: 'closed', proof: 'portal_check:closed' }],
  [25, { state: 'verified', gold_plan: 'open', proof: 'test_payment:official_receipt' }],
  [20, { state: 'enrolled', gold_plan: 'open', proof: 'api_operation:gold_plan.open' }],
  [15, { state: 'unknown', gold_plan: 'unknown', proof: null }],
  [7, { state: 'not_applicable', gold_plan: 'unknown', proof: 'order_query:miniprogram' }],
  [2, { state: 'blocked', gold_plan: 'closed', proof: null }],
  [1, { state: 'regressed', gold_plan: 'open', proof: 'test_payment:closed' }],
]
const day = 86_400_000

/**
 * Fills an empty, migrated database with a provider, staff of every role (bound to openid-demo-<role>) and `count` merchants.
 * @param url of the owner role
 */
export async function fillDirectory(url: string, count: number, now: Date): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await insertPeople(client, now, staffOf(count))
    const { rows: indexes } = await client.query<{ name: string; make: string }>(
      `select indexname as name, indexdef as make from pg_indexes where tablename = 'sub_merchants' and indexname <> 'sub_merchants_pkey'`,
    )
    for (const { name } of indexes) await client.query(`drop index ${name}`)
    // neither triggers nor foreign keys row by row: recounted below
    await client.query(`set session_replication_role = replica; set maintenance_work_mem = '1GB'`)
    await copyInto(client, 'sub_merchants', columns.split(' '), lines(count, now))
    for (const { make } of indexes) await client.query(make)
    await client.query('select recount_merchants()')
    await client.query('vacuum sub_merchants')
    await client.query('select analyze_directory()')
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}

/** one in the field for 1,500 shops */
const staffOf = (count: number) => Math.max(5, Math.round(count / 1_500))
const fieldAgent = (number: number) => `field-${number}`

async function insertPeople(client: pg.Client, now: Date, fieldAgents: number): Promise<void> {
  await client.query('insert into provider (sp_mchid, name, updated_at) values ($1, $2, $3)', [sp_mchid, '示例服务商', now])
  const people = [
    ['operator', 'operator', []],
    ['region_lead', 'region_lead', [city]],
    ['field_agent', 'field_agent', [district]],
    ...Array.from({ length: fieldAgents }, (_, index) => [fieldAgent(index), 'field_agent', [district]]),
  ]
  for (const [id, role, regions] of people) {
    await client.query(
      `insert into staff (id, sp_mchid, display_name, role, region_codes, status, created_at) values ($1, $2, $1, $3, $4, 'active', $5)`,
      [id, sp_mchid, role, regions, now],
    )
  }
  for (const role of ['operator', 'region_lead', 'field_agent'])
    await client.query('insert into staff_bindings values ($1, $2, $3, $4)', [sp_mchid, `openid-demo-${role}`, role, now])
}

function* lines(count: number, now: Date): Iterable<string> {
  const random = seededRandom(20_261_123)
  const agents = staffOf(count)
  let chunk = ''
  for (let index = 0; index < count; index += 1) {
    chunk += copyLine(merchant(random, index, agents, now))
    if (chunk.length < 60_000) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}

function merchant(random: Random, index: number, agents: number, now: Date) {
  // a third of the shops in the provider's home city, the rest anywhere; within each the first districts have more
  const [region_code, regionName] = random.chance(0.3)
    ? [`4403${random.pick(['03', '04', '05', '05', '06', '07'])}`, '深圳市']
    : districts[Math.floor(random.next() ** 2 * districts.length)]!
  const town = random.pick(['桂湾街道', '城关镇', '新安街道', '河西街道', '东湖街道', '石桥镇', '清河乡', '开福街道'])
  const { name, short_name, industry } = shopName(random, town)
  const address = `${nameOf.get(`${region_code.slice(0, 4)}00`) ?? ''}${regionName}${town}${random.pick(roads)} ${random.integer(1, 399)} 号`
  const terms = searchTerms({ name, short_name, address })
  const { state, gold_plan, proof } = random.weighted(states)
  const since = state === 'unknown' ? null : new Date(now.getTime() - random.integer(1, 100 * day))
  // those who work in a district sit next to each other
  const home = Math.floor(((Number(region_code) % 9_973) / 9_973) * agents)
  const assigned_to = random.chance(0.7) ? fieldAgent((home + random.integer(0, 2)) % agents) : null
  const attention = random.chance(0.02) ? [random.pick(['OUT_OF_BAND', 'CHECK_FAILED', 'OPERATION_BLOCKED'])] : []
  return [
    sp_mchid,
    // 商户号 are spread over their range, not counted up
    String(1_000_000_000 + ((index * 7_368_787) % 899_999_963)),
    name,
    short_name,
    terms.search_name,
    terms.search_short_name,
    terms.search_address,
    terms.pinyin,
    terms.pinyin_initials,
    terms.terms,
    industry,
    region_code,
    address,
    assigned_to,
    gold_plan,
    gold_plan === 'open' && random.chance(0.4) ? 'open' : 'unknown',
    gold_plan === 'open' && random.chance(0.2) ? 'open' : 'unknown',
    state,
    'NO_EVIDENCE',
    since,
    attention,
    random.chance(0.003),
    proof,
    now,
    now,
  ]
}
