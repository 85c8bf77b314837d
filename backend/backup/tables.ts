// What of a database is kept in a backup, asked of the database itself, so that a new table cannot be forgotten.
import type pg from 'pg'

export interface Table {
  table: string
  columns: string[]
}

/** What the program keeps about itself; a restore makes it by migrating. */
export const MIGRATIONS_TABLE = 'schema_migrations'

/**
 * Every table with the columns to copy. Generated ones follow from the others. Numbers of transactions (xid8) mean something in one server only:
 * after a restore they have their default, so each row counts as written by the restore.
 */
export async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = to_regnamespace(current_schema()) and c.relkind = 'r' and c.relname <> $1
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.atttypid <> 'xid8'::regtype
     group by c.relname order by c.relname`,
    [MIGRATIONS_TABLE],
  )
  return rows
}

/** @returns null: none was applied, this database has never been ours */
export async function migrationsOf(client: pg.Client): Promise<{ name: string; checksum: string }[] | null> {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [MIGRATIONS_TABLE])
  if (!rows[0]!.there) return null
  return (
    await client.query<{ name: string; checksum: string }>(`select name, checksum from ${MIGRATIONS_TABLE} order by name collate "C"`)
  ).rows
}

/** last_value null: never used */
export async function sequencesOf(client: pg.Client): Promise<{ name: string; last_value: string }[]> {
  const { rows } = await client.query<{ name: string; last_value: string }>(
    `select sequencename::text as name, last_value::text from pg_sequences
     where schemaname = current_schema() and last_value is not null order by sequencename`,
  )
  return rows
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** So that every value is written in full and read back as it was, whatever the server's settings. */
export const exactForms = `set datestyle to 'ISO, YMD'; set intervalstyle to 'postgres'; set timezone to 'UTC'; set extra_float_digits to 3;
  set bytea_output to 'hex'; set client_encoding to 'UTF8'; set statement_timeout to 0; set idle_in_transaction_session_timeout to 0`
