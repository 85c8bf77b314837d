// What operators said that an unknown text means. It is read when an answer comes that the program cannot classify, from the database: every process knows a
// class, and its end, from the moment in which it was written.
import type { Selectable } from 'kysely'
import { ofNumbers } from '../company/staff/scope.ts'
import type { Database, Trx } from '../database/connection.ts'
import type { WxTextClassTable } from '../database/tables.ts'
import type { Numbers } from '../http/caller.ts'
import { idempotentWrite, type Ask } from '../http/write.ts'
import { AppError, invalidField } from '../http/problems/app-error.ts'
import type { Context } from '../platform/context.ts'
import { toInstant } from '../platform/instants.ts'
import type { ClassLookup } from '../wechatpay/index.ts'
import type { GivenClass, SeenText } from './schema.ts'
import { keyOfText, recordedTexts, type RecordedText } from './texts.ts'

/**
 * For the client of WeChat Pay.
 * @param home under which the company's classes stand
 * @returns null where nobody gave a class, and where the database does not answer: the text is then shown as it is
 */
export const givenClasses =
  ({ db, log }: Pick<Context, 'db' | 'log'>, home: string, numbers: Numbers): ClassLookup =>
  async ({ sub_mchid, ...refusal }) => {
    try {
      const { id, text } = keyOfText(refusal, sub_mchid === null ? [] : await namesOf(db, numbers, sub_mchid))
      if (text === '') return null
      const row = await classOf(db, home, id).executeTakeFirst()
      return row?.code ?? null
    } catch (error) {
      log.error({ err: error }, 'whether somebody gave this answer a class could not be read')
      return null
    }
  }

async function namesOf(db: Database, numbers: Numbers, sub_mchid: string): Promise<string[]> {
  const shop = await db
    .selectFrom('sub_merchants')
    .select(['name', 'short_name'])
    .where(ofNumbers(numbers))
    .where('sub_mchid', '=', sub_mchid)
    .executeTakeFirst()
  return shop ? [shop.name, shop.short_name] : []
}

const classOf = (db: Database | Trx, home: string, id: string) =>
  db.selectFrom('wx_text_classes').selectAll().where('sp_mchid', '=', home).where('id', '=', id)

type ClassRow = Selectable<WxTextClassTable> & { display_name: string }

const classesOf = (db: Database | Trx, home: string) =>
  db
    .selectFrom('wx_text_classes as c')
    .innerJoin('staff as s', 's.id', 'c.changed_by')
    .selectAll('c')
    .select('s.display_name')
    .where('c.sp_mchid', '=', home)

const MOST_TEXTS = 200

/** What was said, and what it is taken for: those that nobody knows first, then the latest. A class stays here after its text has gone. */
export async function seenTexts(db: Database | Trx, home: string, recorded: readonly RecordedText[]): Promise<SeenText[]> {
  const given = new Map((await classesOf(db, home).orderBy('c.changed_at', 'desc').execute()).map(row => [row.id, row]))
  const gone = [...given.values()].filter(row => row.code !== null && !recorded.some(({ id }) => id === row.id))
  const all = [...recorded.map(text => shapeOf(text, given.get(text.id))), ...gone.map(row => shapeOf(null, row))]
  const unknownFirst = (text: SeenText) => (text.by === 'nobody' ? 0 : text.by === 'operator' ? 1 : 2)
  return all.sort((one, other) => unknownFirst(one) - unknownFirst(other)).slice(0, MOST_TEXTS)
}

function shapeOf(text: RecordedText, row: ClassRow | undefined): SeenText
function shapeOf(text: null, row: ClassRow): SeenText
function shapeOf(text: RecordedText | null, row: ClassRow | undefined): SeenText {
  const { id, http_status, wx_code, text: words } = text ?? row!
  const code = text && text.code !== 'WX_UNCLASSIFIED' ? text.code : (row?.code ?? 'WX_UNCLASSIFIED')
  return {
    id,
    http_status,
    wx_code,
    text: words,
    kinds: text?.kinds ?? [],
    count: text?.count ?? 0,
    first_at: text ? toInstant(text.first_at) : null,
    last_at: text ? toInstant(text.last_at) : null,
    code,
    by: code === 'WX_UNCLASSIFIED' ? 'nobody' : row?.code === code ? 'operator' : 'program',
    changed: row ? { display_name: row.display_name, at: toInstant(row.changed_at) } : null,
    version: row?.version ?? 0,
  }
}

/**
 * Gives a text that was seen here a class, or takes it back (code null). Answers from now on are treated so; what was recorded stays as it was.
 * @throws AppError NOT_FOUND (never seen), VALIDATION_FAILED (the program knows this text, or it has no words), PRECONDITION_REQUIRED, VERSION_MISMATCH,
 *         IDEMPOTENCY_KEY_REUSED
 */
export const setClass = (context: Context, ask: Ask, id: string, code: GivenClass | null): Promise<SeenText> => {
  const { sp_mchid: home } = context
  return idempotentWrite(context, ask, {
    async find(db, { numbers }) {
      const recorded = (await recordedTexts(db, numbers)).find(one => one.id === id) ?? null
      return { recorded, text: await seenText(db, home, id, recorded) }
    },
    // after the permission: whoever may not is told so, whatever was seen
    refuse(_, { found: { text } }) {
      if (!text) throw new AppError('NOT_FOUND')
      if (text.by === 'program') throw invalidField('text_id', 'ALREADY_CLASSIFIED', 'the program knows what this text means')
      if (text.text === '') throw invalidField('text_id', 'NO_TEXT', 'an answer without words has no class')
    },
    replay: (_, { found }) => Promise.resolve(found.text),
    async lock(trx, { found }) {
      const row = await classOf(trx, home, id).forUpdate().executeTakeFirst()
      return { row, version: row?.version ?? 0, current: () => Promise.resolve(found.text) }
    },
    async work(trx, { caller, found, held: { row }, now }) {
      const { http_status, wx_code, text } = found.text!
      const values = { code, version: (row?.version ?? 0) + 1, changed_by: caller.staff_id, changed_at: now }
      const written = await trx
        .insertInto('wx_text_classes')
        .values({ sp_mchid: home, id, http_status, wx_code, text, ...values })
        .onConflict(conflict =>
          conflict
            .columns(['sp_mchid', 'id'])
            .doUpdateSet(values)
            .where('wx_text_classes.version', '=', row?.version ?? 0),
        )
        .executeTakeFirst()
      const current = (await seenText(trx, home, id, found.recorded))!
      // there was none when it was looked for, and somebody else's is there now
      if (written.numInsertedOrUpdatedRows !== 1n) throw new AppError('VERSION_MISMATCH', { current })
      return {
        answer: current,
        keep: { answer: JSON.stringify({ id }) },
        audit: {
          sp_mchid: home,
          action: code === null ? 'observation.revoke' : 'observation.classify',
          target: { type: 'wx_text', id },
          before: { class: row?.code ?? null },
          after: { class: code, wx_message: text },
        },
      }
    },
  })
}

async function seenText(db: Database | Trx, home: string, id: string, recorded: RecordedText | null): Promise<SeenText | undefined> {
  const row = await classesOf(db, home).where('c.id', '=', id).executeTakeFirst()
  return recorded ? shapeOf(recorded, row) : row && shapeOf(null, row)
}
