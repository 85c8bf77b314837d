// The refusals of WeChat Pay that are recorded, by what was said. A text is found again by status, code and words without merchants.
import { sql } from 'kysely'
import { createHash } from 'node:crypto'
import { ofNumbers } from '../company/staff/scope.ts'
import type { Database, Trx } from '../database/connection.ts'
import type { OperationKind } from '../evidence/schema.ts'
import type { Numbers } from '../http/caller.ts'
import { classifyRefusal, normaliseCode, type Refusal } from '../wechatpay/classification.ts'
import type { WechatPayCode } from '../wechatpay/index.ts'
import { withoutMerchants } from './without-merchants.ts'

export interface TextKey {
  id: string
  http_status: number
  /** as WeChat Pay spells it, which is how its own tables list it; spellings that differ in case and separators alone are one text */
  wx_code: string
  text: string
}

/** @param names of the shop that was asked about */
export function keyOfText({ http_status, wx_code = '', wx_message = '' }: Refusal, names: readonly string[]): TextKey {
  const code = normaliseCode(wx_code)
  const text = withoutMerchants(wx_message, names)
  const id = createHash('sha256').update(`${http_status}\n${code}\n${text}`).digest('hex').slice(0, 32)
  return { id, http_status, wx_code, text }
}

/** One refusal as it was recorded, with how often and for which writes. */
export interface RecordedText extends TextKey {
  kinds: OperationKind[]
  count: number
  first_at: Date
  last_at: Date
  /** what the program itself makes of it */
  code: WechatPayCode
  /** as WeChat Pay spelled them: texts of the same key */
  raw: string[]
}

interface Row {
  kind: OperationKind
  http_status: number
  wx_code: string | null
  wx_message: string | null
  names: string[]
  count: number
  first_at: Date
  last_at: Date
}

/** the latest of so many different answers are looked through: texts that name their shop differ for each */
const MOST_GROUPS = 5_000

/** Latest first. The names of one shop are enough: a text that names a shop was said about that one. */
export async function recordedTexts(db: Database | Trx, numbers: Numbers): Promise<RecordedText[]> {
  const { rows } = await sql<Row>`
    select said.kind, said.http_status, said.wx_code, said.wx_message, said.count, said.first_at, said.last_at,
      array_remove(array[m.name, m.short_name], null) as names
    from (
      select o.kind, a.http_status, a.wx_code, a.wx_message, count(*)::int as count, min(a.sent_at) as first_at, max(a.sent_at) as last_at,
        (array_agg(o.id order by a.sent_at desc))[1] as example
      from operation_attempts a join operations o on o.id = a.operation_id
      where a.phase = 'refused' and a.http_status is not null and ${ofNumbers(numbers, 'o.sp_mchid')}
      group by o.kind, a.http_status, a.wx_code, a.wx_message
      order by max(a.sent_at) desc limit ${MOST_GROUPS}
    ) as said
    join operations e on e.id = said.example
    left join sub_merchants m on m.sp_mchid = e.sp_mchid and m.sub_mchid = e.sub_mchid
    order by said.last_at desc`.execute(db)
  const found = new Map<string, RecordedText>()
  for (const row of rows) {
    const refusal = refusalOf(row)
    const key = keyOfText(refusal, row.names)
    const known = found.get(key.id)
    if (known) add(known, row)
    else {
      const { count, first_at, last_at, kind, wx_message } = row
      found.set(key.id, { ...key, kinds: [kind], count, first_at, last_at, code: classifyRefusal(refusal), raw: [wx_message ?? ''] })
    }
  }
  return [...found.values()]
}

const refusalOf = ({ http_status, wx_code, wx_message }: Row): Refusal => ({
  http_status,
  ...(wx_code !== null && { wx_code }),
  ...(wx_message !== null && { wx_message }),
})

function add(text: RecordedText, { kind, count, first_at, last_at, wx_message }: Row): void {
  if (!text.kinds.includes(kind)) text.kinds.push(kind)
  text.raw.push(wx_message ?? '')
  text.count += count
  if (first_at < text.first_at) text.first_at = first_at
  if (last_at > text.last_at) text.last_at = last_at
}
