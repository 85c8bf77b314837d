// A scope as large as an offline pack: copies of one demo shop, each with its own number and name.
import { sql } from 'kysely'
import type { Database } from '../../backend/database/connection.ts'

/** 1950000001 onwards, like 1900000109 but for its number and name: 小面馆 1, 小面馆 2 … of 440305. */
export async function addManyShops(database: Database, count: number): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = 'sub_merchants'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`.execute(database)
  const own: Record<string, string> = {
    sub_mchid: `(1950000000 + n)::text`,
    name: `'小面馆 ' || n`,
    short_name: `'小面馆 ' || n`,
    search_name: `'小面馆' || n`,
    search_short_name: `'小面馆' || n`,
    pinyin: `'xiaomianguan' || n`,
    pinyin_initials: `'xmg' || n`,
    terms: `array['小面', '面馆']`,
    written_in: 'pg_current_xact_id()',
    assigned_to: 'null',
  }
  const columns = rows.map(({ name }) => name)
  const values = columns.map(name => own[name] ?? `model.${name}`)
  await sql`insert into sub_merchants (${sql.raw(columns.join(', '))})
    select ${sql.raw(values.join(', '))} from sub_merchants as model, generate_series(1, ${sql.lit(count)}) as n
    where model.sub_mchid = '1900000109'`.execute(database)
}
