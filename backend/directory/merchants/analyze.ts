import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'

/**
 * After many merchants were written at once: until autovacuum has run, the planner has no statistics about them and every search
 * reads the whole directory. About a second at a million merchants; others read and write meanwhile.
 */
export async function analyzeDirectory(db: Database | Trx): Promise<void> {
  await sql`select analyze_directory()`.execute(db)
}
