// A database with one provider and a folder for files, for tests of the import.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { manualClock } from '../../../../../backend/platform/clock.ts'
import { connect, type Database } from '../../../../../backend/database/connection.ts'
import { importFile, type ImportOptions, type ImportReport } from '../../../../../backend/directory/imports/import.ts'
import { createTestDatabase } from '../../../../support/database.ts'

export const sp_mchid = '1900000001'

export interface ImportWorld {
  clock: ReturnType<typeof manualClock>
  db: Database
  url: string
  ownerUrl: string
  folder: string
  file(name: string, content: string | Buffer): string
  run(name: string, content: string | Buffer, options?: Partial<ImportOptions>): Promise<ImportReport>
  /** of a CSV file in the folder */
  rows(name: string): Record<string, string>[]
  close(): Promise<void>
}

export async function createImportWorld(): Promise<ImportWorld> {
  const clock = manualClock(new Date('2026-11-23T02:00:00Z'))
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-import-'))
  const testDatabase = await createTestDatabase()
  const db = connect(testDatabase.url)
  await db.insertInto('provider').values({ sp_mchid, name: '示例服务商', updated_at: clock.now() }).execute()
  const world: ImportWorld = {
    clock,
    db,
    url: testDatabase.url,
    ownerUrl: testDatabase.ownerUrl,
    folder,
    file(name, content) {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    run: (name, content, options) => importFile({ database: db, clock, sp_mchid, path: world.file(name, content), ...options }),
    rows: name => parse(readFileSync(join(folder, name)), { bom: true, columns: true }) as Record<string, string>[],
    async close() {
      await db.destroy()
      await testDatabase.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return world
}

/** Everything that an import may write, but for the times of audit entries, how far runs have come, and the numbers of transactions. */
export async function contentsOf(db: Database): Promise<Record<string, unknown[]>> {
  const merchants = await db.selectFrom('sub_merchants').selectAll().orderBy('sp_mchid').orderBy('sub_mchid').execute()
  const staff = await db.selectFrom('staff').selectAll().orderBy('id').execute()
  return {
    merchants: merchants.map(row => ({ ...row, written_in: null })),
    evidence: await db.selectFrom('evidence').selectAll().orderBy('id').execute(),
    staff: staff.map(row => ({ ...row, named_in: null })),
    codes: await db.selectFrom('store_codes').selectAll().orderBy('content').execute(),
    audit: await db.selectFrom('audit_entries').selectAll().orderBy('id').execute(),
  }
}
