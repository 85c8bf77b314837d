// What was seen here about the open questions (questions.ts), from what is recorded anyway: answers to writes, looks at the console, loads of the receipt page.
import { sql, type RawBuilder } from 'kysely'
import { ofNumbers } from '../company/staff/scope.ts'
import type { Database } from '../database/connection.ts'
import type { OperationKind } from '../evidence/schema.ts'
import type { Numbers } from '../http/caller.ts'
import { problemCopy, type ProblemCode } from '../http/problems/catalogue.ts'
import type { Observed, Seen, Sentence } from './observed.ts'
import type { RecordedText } from './texts.ts'

interface Counted {
  count: number
  first_at: Date | null
  last_at: Date | null
}
const counted = (time: RawBuilder<Date>) => sql`count(*)::int as count, min(${time}) as first_at, max(${time}) as last_at`

const seen = (what: Sentence, { count, first_at, last_at }: Counted, text: string | null = null): Seen => ({
  what,
  text,
  count,
  first_at,
  last_at,
})
const some = (list: Seen[]) => list.filter(({ count }) => count > 0)

interface Answered extends Counted {
  kind: OperationKind
  status: 'succeeded' | 'failed'
  code: ProblemCode | null
}
/** what WeChat Pay did with a write, in words */
function outcome({ status, code }: Pick<Answered, 'status' | 'code'>): Sentence {
  if (status === 'succeeded') return { zh: '成功', en: 'Done' }
  const title = (language: 'zh-CN' | 'en') => problemCopy(code ?? 'WX_UNCLASSIFIED', language).title
  return { zh: `拒绝：${title('zh-CN')}`, en: `Refused: ${title('en')}` }
}

/** @param texts recordedTexts of the same numbers */
export async function observe(db: Database, numbers: Numbers, texts: readonly RecordedText[]): Promise<Observed> {
  const [repeated, reopened, underDefaultOpen, askedAgain, tooFast, looks, codes, loads, ids, punished] = await Promise.all([
    afterTheSame(db, numbers),
    withinADay(db, numbers),
    closingsUnderDefaultOpen(db, numbers),
    answersToASecondCall(db, numbers),
    callsBeforeTooFast(db, numbers, texts),
    looksAfter(db, numbers),
    checkCodes(db, numbers),
    lateLoads(db, numbers),
    requestIdNumbers(db, numbers),
    punishedAndLimited(db, numbers),
  ])
  const ofText = (text: RecordedText) => seen(outcome({ status: 'failed', code: text.code }), text, text.text)
  return {
    repeated: kind => repeated.filter(row => row.kind === kind).map(row => seen(outcome(row), row)),
    askedAgain: askedAgain.map(row => seen(PHASES[row.phase] ?? PHASES.unknown!, row)),
    refusals: prefix => texts.filter(({ kinds }) => kinds.some(kind => kind.startsWith(prefix))).map(ofText),
    closedUnderDefaultOpen: underDefaultOpen.map(row => seen(outcome(row), row)),
    tooFast,
    reopened: feature => reopened.filter(row => row.kind.startsWith(`${feature}.`)).map(row => seen(outcome(row), row)),
    filtersAfter: kind => looks.filter(row => row.kind === kind && row.filtered !== null).map(row => seen(row.filtered ? KEPT : GONE, row)),
    receiptAfter: looks
      .filter(row => row.kind === 'gold_plan.close' && row.receipt !== null)
      .map(row => seen(row.receipt === 'open' ? RECEIPT_KEPT : RECEIPT_GONE, row)),
    checkCodes: codes,
    lateLoads: some([seen({ zh: '付款 10 分钟以后的加载', en: 'Loads more than 10 minutes after the payment' }, loads)]),
    numbers: ids,
    punished,
    providerPunished: texts.filter(({ code }) => code === 'SP_PUNISHED').map(ofText),
  }
}

const PHASES: Readonly<Record<string, Sentence>> = {
  succeeded: { zh: '再问：成功', en: 'Asked again: done' },
  refused: { zh: '再问：被拒绝', en: 'Asked again: refused' },
  not_sent: { zh: '再问：没有发出', en: 'Asked again: not sent' },
  unknown: { zh: '再问：仍没有回答', en: 'Asked again: no answer' },
}
const KEPT = { zh: '平台上还有过滤标签', en: 'The console still has tags' }
const GONE = { zh: '平台上没有过滤标签了', en: 'The console has no tags any more' }
const RECEIPT_KEPT = { zh: '平台上商家小票还开着', en: 'The console still has the receipt open' }
const RECEIPT_GONE = { zh: '平台上商家小票关了', en: 'The console has the receipt closed' }

/** The write before it, of the same kind, had succeeded: as far as we know nothing changed between the two. */
async function afterTheSame(db: Database, numbers: Numbers): Promise<Answered[]> {
  const { rows } = await sql<Answered>`
    select kind, status, code, ${counted(sql`started_at`)} from (
      select kind, status, code, started_at, lag(kind) over shop as kind_before, lag(status) over shop as status_before
      from operations where ${ofNumbers(numbers)} and kind in ('gold_plan.open', 'gold_plan.close')
      window shop as (partition by sp_mchid, sub_mchid order by started_at)
    ) as o
    where kind_before = kind and status_before = 'succeeded' and status in ('succeeded', 'failed')
    group by kind, status, code order by count(*) desc`.execute(db)
  return rows
}

async function withinADay(db: Database, numbers: Numbers): Promise<Answered[]> {
  const { rows } = await sql<Answered>`
    select o.kind, o.status, o.code, ${counted(sql`o.started_at`)} from operations o
    join operations c on c.sp_mchid = o.sp_mchid and c.sub_mchid = o.sub_mchid and c.kind = split_part(o.kind, '.', 1) || '.close'
      and c.status = 'succeeded' and c.finished_at <= o.started_at and c.finished_at > o.started_at - interval '24 hours'
    where ${ofNumbers(numbers, 'o.sp_mchid')} and o.kind in ('gold_plan.open', 'receipt.open', 'advertising.open') and o.status in ('succeeded', 'failed')
      and not exists (select from operations b where b.sp_mchid = o.sp_mchid and b.sub_mchid = o.sub_mchid and b.kind = o.kind
        and b.status = 'succeeded' and b.started_at > c.started_at and b.started_at < o.started_at)
    group by o.kind, o.status, o.code order by count(*) desc`.execute(db)
  return rows
}

async function closingsUnderDefaultOpen(db: Database, numbers: Numbers): Promise<Answered[]> {
  const { rows } = await sql<Answered>`
    select o.kind, o.status, o.code, ${counted(sql`o.started_at`)} from operations o join provider p on p.sp_mchid = o.sp_mchid
    where ${ofNumbers(numbers, 'o.sp_mchid')} and o.kind = 'gold_plan.close' and o.status in ('succeeded', 'failed') and o.started_at >= p.default_open_since
    group by o.kind, o.status, o.code order by count(*) desc`.execute(db)
  return rows
}

async function answersToASecondCall(db: Database, numbers: Numbers): Promise<(Counted & { phase: string })[]> {
  const { rows } = await sql<Counted & { phase: string }>`
    select a.phase, ${counted(sql`a.sent_at`)} from operation_attempts a join operations o on o.id = a.operation_id
    where a.attempt > 1 and a.phase in ('succeeded', 'refused', 'not_sent', 'unknown') and ${ofNumbers(numbers, 'o.sp_mchid')}
    group by a.phase order by count(*) desc`.execute(db)
  return rows
}

/** the latest of so many refusals are looked at one by one */
const MOST_TOO_FAST = 200

async function callsBeforeTooFast(db: Database, numbers: Numbers, texts: readonly RecordedText[]): Promise<Seen[]> {
  const limited = texts.filter(({ code }) => code === 'WX_RATE_LIMITED')
  if (limited.length === 0) return []
  const { rows } = await sql<Counted & { fewest: number; most: number }>`
    select ${counted(sql`refused.sent_at`)}, min(before.calls)::int as fewest, max(before.calls)::int as most
    from (
      select o.sp_mchid, a.sent_at from operation_attempts a join operations o on o.id = a.operation_id
      where a.phase = 'refused' and ${ofNumbers(numbers, 'o.sp_mchid')}
        and (a.http_status = 429 or a.wx_message = any(${limited.flatMap(({ raw }) => raw)}::text[]))
      order by a.sent_at desc limit ${MOST_TOO_FAST}
    ) as refused
    cross join lateral (
      select count(*) as calls from operation_attempts a join operations o on o.id = a.operation_id
      where o.sp_mchid = refused.sp_mchid and a.sent_at > refused.sent_at - interval '1 minute' and a.sent_at <= refused.sent_at
    ) as before`.execute(db)
  const [minute] = rows
  const byStatus = limited.map(text =>
    seen({ zh: `HTTP ${text.http_status} ${text.wx_code}`, en: `HTTP ${text.http_status} ${text.wx_code}` }, text, text.text),
  )
  if (!minute || minute.count === 0) return byStatus
  const { fewest, most } = minute
  return [
    ...byStatus,
    seen({ zh: `之前一分钟调用 ${fewest} 到 ${most} 次`, en: `${fewest} to ${most} calls in the minute before` }, minute),
  ]
}

interface Look extends Counted {
  kind: OperationKind
  /** null: nobody looked */
  filtered: boolean | null
  receipt: 'open' | 'closed' | null
}

/** The first look at the console after a write, where nothing else changed the tags between the two. */
async function looksAfter(db: Database, numbers: Numbers): Promise<Look[]> {
  const unchanged = (
    kinds: string[],
  ) => sql`not exists (select from operations b where b.sp_mchid = o.sp_mchid and b.sub_mchid = o.sub_mchid
    and b.kind = any(${kinds}::text[]) and b.started_at > o.started_at and b.started_at < e.occurred_at)`
  const firstLook = (asks: RawBuilder<unknown>) => sql`
    select e.detail, e.occurred_at from evidence e where e.sp_mchid = o.sp_mchid and e.sub_mchid = o.sub_mchid and e.kind = 'portal_check'
      and e.occurred_at > o.finished_at and ${asks}
      and not exists (select from evidence_withdrawals w where w.sp_mchid = e.sp_mchid and w.evidence_id = e.id)
    order by e.occurred_at limit 1`
  const was = (
    kind: string,
  ) => sql`exists (select from operations b where b.sp_mchid = o.sp_mchid and b.sub_mchid = o.sub_mchid and b.kind = ${kind}
    and b.status = 'succeeded' and b.started_at < o.started_at)`
  const { rows } = await sql<Look>`
    select o.kind, jsonb_array_length(e.detail->'ad_filter') > 0 as filtered, null as receipt, ${counted(sql`e.occurred_at`)}
    from operations o cross join lateral (${firstLook(sql`jsonb_typeof(e.detail->'ad_filter') = 'array'`)}) as e
    where ${ofNumbers(numbers, 'o.sp_mchid')} and o.status = 'succeeded' and o.kind in ('advertising.open', 'advertising.close', 'gold_plan.close')
      and ${was('ad_filter.set')} and ${unchanged(['ad_filter.set', 'advertising.open', 'advertising.close'])}
    group by 1, 2
    union all
    select o.kind, null, e.detail->>'receipt', ${counted(sql`e.occurred_at`)}
    from operations o cross join lateral (${firstLook(sql`e.detail->>'receipt' in ('open', 'closed')`)}) as e
    where ${ofNumbers(numbers, 'o.sp_mchid')} and o.status = 'succeeded' and o.kind = 'gold_plan.close'
      and ${was('receipt.open')} and ${unchanged(['receipt.open', 'receipt.close'])}
    group by 1, 3`.execute(db)
  return rows
}

/** How real loads were made (receipts/check-code.ts), and how many fit no reading. */
async function checkCodes(db: Database, numbers: Numbers): Promise<Seen[]> {
  const { rows } = await sql<{ variant: string; count: number }>`
    select variant, sum(loads)::int as count from receipt_code_variants where ${ofNumbers(numbers)} group by variant order by sum(loads) desc`.execute(
    db,
  )
  const { rows: days } = await sql<Counted>`
    select coalesce(sum(loads), 0)::int as count, min(day)::timestamptz as first_at, max(day)::timestamptz as last_at
    from receipt_load_days where ${ofNumbers(numbers)} and result = 'invalid'`.execute(db)
  return some([
    ...rows.map(({ variant, count }) => seen(readingOf(variant), { count, first_at: null, last_at: null }, variant)),
    ...days.map(row => seen({ zh: '哪种算法都对不上', en: 'Fits no reading' }, row)),
  ])
}

const READINGS: Readonly<Record<string, Sentence>> = {
  plain: { zh: '链接没有自带参数', en: 'Link without a query' },
  and: { zh: '自带参数之后用 & 接上', en: 'Own query, continued by &' },
  question: { zh: '自带参数之后又用 ? 接上', en: 'Own query, continued by another ?' },
  bare: { zh: '去掉链接自带的参数', en: 'Own query left out' },
  raw: { zh: '不编码', en: 'not encoded' },
  encoded: { zh: '百分号编码', en: 'percent-encoded' },
  lower: { zh: '小写', en: 'lower case' },
  upper: { zh: '大写', en: 'upper case' },
}
/** @param variant plain.raw.lower */
function readingOf(variant: string): Sentence {
  const parts = variant.split('.').map(part => READINGS[part] ?? { zh: part, en: part })
  return { zh: parts.map(({ zh }) => zh).join('，'), en: parts.map(({ en }) => en).join(', ') }
}

/** Kept loads whose order was paid long before: no customer looks at a receipt so late (facts.md §2.5). */
async function lateLoads(db: Database, numbers: Numbers): Promise<Counted> {
  const { rows } = await sql<Counted>`
    select ${counted(sql`loaded_at`)} from receipt_loads where ${ofNumbers(numbers)} and loaded_at > paid_at + interval '10 minutes'`.execute(
    db,
  )
  return rows[0]!
}

const MOST_NUMBERS = 100

async function requestIdNumbers(db: Database, numbers: Numbers): Promise<Seen[]> {
  const { rows } = await sql<Counted & { number: string | null; wx_code: string | null; http_status: number; named: boolean }>`
    select substring(a.wx_request_id from '-([0-9]+)$') as number, a.wx_code, a.http_status, a.wx_request_id is not null as named,
      ${counted(sql`a.sent_at`)}
    from operation_attempts a join operations o on o.id = a.operation_id
    where a.http_status is not null and ${ofNumbers(numbers, 'o.sp_mchid')}
    group by 1, 2, 3, 4 order by count(*) desc limit ${MOST_NUMBERS}`.execute(db)
  return rows.map(row => {
    const answer = [`HTTP ${row.http_status}`, row.wx_code ?? ''].join(' ').trim()
    if (row.number !== null) return seen({ zh: answer, en: answer }, row, row.number)
    return seen(
      row.named
        ? { zh: `${answer}，结尾没有数字`, en: `${answer}, no number at the end` }
        : { zh: `${answer}，没有 Request-ID`, en: `${answer}, no Request-ID` },
      row,
    )
  })
}

/** Shops that WeChat Pay called punished, and whether a limitation of them is recorded within a week of it. */
async function punishedAndLimited(db: Database, numbers: Numbers): Promise<Seen[]> {
  const { rows } = await sql<Counted & { limited: boolean }>`
    select limited, ${counted(sql`started_at`)} from (
      select o.started_at, exists (select from evidence e where e.sp_mchid = o.sp_mchid and e.sub_mchid = o.sub_mchid and e.kind = 'limitation'
        and e.occurred_at between o.started_at - interval '7 days' and o.started_at + interval '7 days') as limited
      from operations o where ${ofNumbers(numbers, 'o.sp_mchid')} and o.status = 'failed' and o.code = 'SUB_MERCHANT_PUNISHED'
    ) as said group by limited`.execute(db)
  return rows.map(row =>
    seen(
      row.limited
        ? { zh: '说处罚中，也有受限记录', en: 'Called punished, and a limitation is recorded' }
        : { zh: '说处罚中，没有受限记录', en: 'Called punished, and no limitation is recorded' },
      row,
    ),
  )
}
