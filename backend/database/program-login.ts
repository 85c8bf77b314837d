// The login of the program: it owns nothing and is member of nothing, so that no option, pooler, `set role` or shadowing table gives it more than the
// migrations did. Only the owner migrates, and only while it does is its login in use.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { newClient } from './client.ts'
import { DatabaseRefusedError, assertMigrated, assertUsable, connected, migrate, whereToLook } from './migrate.ts'

/** The role that every migration grants to. */
export const programRole = 'goldplan_app'

export interface DatabaseUrls {
  /** the program's login */
  url: string
  /** the owner's, if it is known: then the database is brought up to date */
  ownerUrl?: string | null
}

/**
 * Proves before anything is served that the database is ours, up to date, and that this login cannot change what happened.
 * @returns the names of the migrations applied now
 * @throws DatabaseRefusedError one line with the remedy
 */
export async function makeReady({ url, ownerUrl }: DatabaseUrls): Promise<string[]> {
  if (ownerUrl) await assertSameDatabase(ownerUrl, url)
  const applied = ownerUrl ? await migrate(ownerUrl) : []
  if (ownerUrl) await ensureLogin(ownerUrl, url)
  const client = await connected(newClient(url), 'DATABASE_URL')
  try {
    await assertUsable(client)
    await assertMigrated(client)
    await assertHarmless(client)
  } finally {
    await client.end().catch(() => undefined)
  }
  return applied
}

/**
 * Where the program's login is not let in, its role is made, or given the password of its URL, if this owner may do that.
 * @throws DatabaseRefusedError saying what an administrator runs once
 */
export async function ensureLogin(ownerUrl: string, url: string): Promise<void> {
  const { username, password } = new URL(url)
  if (decodeURIComponent(username) !== programRole || (await isLetIn(url))) return
  const owner = await connected(newClient(ownerUrl), 'MIGRATION_DATABASE_URL')
  try {
    await owner.query(`do $$ begin create role ${programRole}; exception when duplicate_object or unique_violation then null; end $$`)
    await owner.query(`alter role ${programRole} login password '${passwordHash(decodeURIComponent(password))}'`)
  } catch (error) {
    // two programs at once: the other has made it
    if (await isLetIn(url)) return
    if ((error as { code?: string }).code !== '42501') throw error
    throw new DatabaseRefusedError(
      `the program's login ${programRole} is not let in, and the owner may not make it: an administrator runs once ` +
        `"create role ${programRole} login password '…'" (or alter role, where it exists), with the password of DATABASE_URL`,
    )
  } finally {
    await owner.end().catch(() => undefined)
  }
}

/**
 * Two URLs that differ by mistake: one database would be migrated, backed up or restored, and another served. A login that is not let in yet says
 * nothing of its database.
 * @throws DatabaseRefusedError
 */
export async function assertSameDatabase(ownerUrl: string, url: string): Promise<void> {
  if (!(await isLetIn(url))) return
  const [owner, program] = [await placeOf(ownerUrl, 'MIGRATION_DATABASE_URL'), await placeOf(url, 'DATABASE_URL')]
  if (owner.name === program.name && owner.since === program.since) return
  const other = owner.name === program.name ? 'the one of that name on another server' : `the database ${program.name}`
  throw new DatabaseRefusedError(
    `MIGRATION_DATABASE_URL leads to the database ${owner.name}, DATABASE_URL to ${other}: give both the same database`,
  )
}

async function placeOf(url: string, variable: string): Promise<{ name: string; since: string }> {
  const client = await connected(newClient(url), variable)
  try {
    const { rows } = await client.query<{ name: string; since: string }>(
      'select current_database()::text as name, extract(epoch from pg_postmaster_start_time())::text as since',
    )
    return rows[0]!
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** @throws DatabaseRefusedError for every other reason than the login */
async function isLetIn(url: string): Promise<boolean> {
  const client = newClient(url)
  try {
    await client.connect()
    return true
  } catch (error) {
    // invalid_authorization_specification, invalid_password
    if (['28000', '28P01'].includes((error as { code?: string }).code ?? '')) return false
    // an empty password is not even asked about
    if (/password must be a (non-empty )?string/.test((error as Error).message)) return false
    throw new DatabaseRefusedError(`the database cannot be reached (${(error as Error).message}): check ${whereToLook('DATABASE_URL')}`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** As PostgreSQL keeps it (RFC 5803), so that the password stands in no statement and no log of the server. */
function passwordHash(password: string): string {
  const salt = randomBytes(16)
  const iterations = 4_096
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256')
  const keyed = (text: string) => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest()
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored.toString('base64')}:${keyed('Server Key').toString('base64')}`
}

interface Login {
  name: string
  /** what it may do beyond the tables' grants; each a clause of a sentence */
  powers: string[]
  /** whether the migrations' grants reach it */
  granted: boolean
  temporary: boolean
  creates: boolean
}

const loginQuery = `
  select current_user::text as name,
    array_remove(array[
      case when rolsuper then 'is a superuser' end,
      case when rolcreaterole or rolcreatedb or rolreplication or rolbypassrls then 'may make roles or databases, replicate or bypass row security' end,
      case when session_user <> current_user then 'logged in as ' || session_user end,
      case when exists (select from pg_shdepend where refclassid = 'pg_authid'::regclass and refobjid = r.oid and deptype = 'o')
        then 'owns tables or other things' end,
      (select 'is member of ' || string_agg(roleid::regrole::text, ', ') from pg_auth_members where member = r.oid),
      case when has_table_privilege('audit_entries', 'update, delete, truncate, references, trigger')
        or has_table_privilege('audit_seals', 'update, delete, truncate, references, trigger') then 'may change the audit trail' end
    ], null) as powers,
    has_table_privilege('audit_entries', 'insert') as granted,
    has_database_privilege(current_database(), 'temporary') as temporary,
    has_database_privilege(current_database(), 'create') or has_schema_privilege('public', 'create') as creates
  from pg_roles r where rolname = current_user`

/** @throws DatabaseRefusedError */
async function assertHarmless(client: pg.Client): Promise<void> {
  const { rows } = await client.query<Login>(loginQuery)
  const { name, powers, granted, temporary, creates } = rows[0]!
  if (powers.length > 0)
    throw new DatabaseRefusedError(
      `DATABASE_URL logs in as ${name}, which ${powers.join(' and ')}: what happened must not be changeable by the program. Give DATABASE_URL the login ` +
        `${programRole}, and this one to "npm run migrate" as MIGRATION_DATABASE_URL (backend/operations.md, PostgreSQL)`,
    )
  if (!granted)
    throw new DatabaseRefusedError(
      `DATABASE_URL logs in as ${name}, to which no migration gave any right: give it the login ${programRole}`,
    )
  if (temporary || creates)
    throw new DatabaseRefusedError(
      `${name} may make ${temporary ? 'temporary tables' : 'tables'} of its own, which could stand before ours: run "npm run migrate", or as owner of the ` +
        `database "${[closings.temporary, closings.creation].join('; ')}"`,
    )
}

const closings = {
  temporary: 'revoke temporary on database … from public',
  creation: 'revoke create on schema public from public',
}
