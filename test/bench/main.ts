// `npm run bench`: prints ratios measured in one run, and what missed its aim. It never fails: machines differ.
// `npm run bench -- search --rows 20000`: one part, and for search, import, audit, dashboard, export, watch and bill how many merchants or entries at most.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandLine, wholeNumber } from '../../dev/command-line.ts'
import { startPostgres } from '../../dev/postgres/server.ts'
import { buildPrograms } from '../../dev/programs.ts'
import { measureAudit } from './audit.ts'
import { measureBill } from './bill.ts'
import { measureDashboard } from './dashboard.ts'
import { measureCallback } from './callback.ts'
import { measureDefaultOpen } from './default-open.ts'
import { measureExport } from './export.ts'
import { measureImport } from './import.ts'
import { measureInsight } from './insight.ts'
import type { Report } from './measure.ts'
import { measurePortalList } from './portal-list.ts'
import { measureSearch } from './search.ts'
import { measureWatch } from './watch.ts'
import '../../backend/platform/printed.ts'

const parts: Record<string, () => Promise<Report>> = {
  search: () => measureSearch(process.env.TEST_DATABASE_URL!, rows <= 20_000 ? [rows] : [20_000, rows]),
  import: () => measureImport(process.env.TEST_DATABASE_URL!, rows),
  // five rows of a bill for each merchant of the other parts
  bill: () => measureBill(process.env.TEST_DATABASE_URL!, 5 * rows),
  audit: () => measureAudit(rows),
  watch: () => measureWatch(process.env.TEST_DATABASE_URL!, rows),
  callback: () => measureCallback(),
  dashboard: () => measureDashboard(process.env.TEST_DATABASE_URL!, rows),
  export: () => measureExport(process.env.TEST_DATABASE_URL!, rows),
  'default-open': () => measureDefaultOpen(process.env.TEST_DATABASE_URL!, Math.min(rows, 100_000)),
  // thirty-five rows for each: at 1,000,000 they need 15 GB
  insight: () => measureInsight(rows),
  'portal-list': () => measurePortalList(Math.min(rows, 100_000)),
  photos: async () => (await import('./photos.ts')).measurePhotos(),
  receipts: async () => (await import('./receipts.ts')).measureReceipts(),
  simulator: async () => (await import('./simulator.ts')).measureSimulator(),
  'set-data': async () => {
    // a browser is needed for this part only
    const { createWorld } = await import('../support/world.ts')
    const { measureSetData } = await import('./set-data.ts')
    const { SLOWED } = await import('./slow-processor.ts')
    const reports: Report[] = []
    // what is done is done once in an installation: each pace has its own
    for (const pace of [1, SLOWED] as const) {
      const world = await createWorld()
      try {
        reports.push(await measureSetData(world, pace))
      } finally {
        await world.close()
      }
    }
    return { lines: reports.flatMap(({ lines }) => lines), missed: reports.flatMap(({ missed }) => missed) }
  },
  opening: async () => {
    const { createWorld } = await import('../support/world.ts')
    const { measureOpening } = await import('./opening.ts')
    const world = await createWorld()
    try {
      return await measureOpening(world)
    } finally {
      await world.close()
    }
  },
}

const { values, positionals, refuse } = commandLine(`npm run bench -- [${Object.keys(parts).join(' | ')}] [--rows 1000000]`, {
  allowPositionals: true,
  options: { rows: { type: 'string', default: '1000000' } },
})
const rows = wholeNumber(values.rows, [1_000, 10_000_000], refuse)
const wanted = positionals.length > 0 ? positionals : Object.keys(parts)
const unknown = wanted.find(name => !(name in parts))
if (unknown !== undefined) refuse(`there is no part "${unknown}"`)

const folder = mkdtempSync(join(tmpdir(), 'goldplan-bench-'))
// as root, PostgreSQL runs as another user, who must reach it
chmodSync(folder, 0o755)
const postgres = await startPostgres({ dataDir: join(folder, 'postgresql'), log: () => {} })
process.env.TEST_DATABASE_URL = postgres.ownerUrl
process.env.TEST_PROGRAM_URL = postgres.url
// what an installation runs: a loader of TypeScript would take memory and time of its own
const programs = await buildPrograms()
process.env.TEST_PROGRAMS = programs.folder
try {
  for (const name of wanted) {
    const { lines, missed } = await parts[name]!()
    console.log(lines.join('\n'))
    console.log(missed.length === 0 ? `${name}: all aims met` : missed.map(line => `missed: ${line}`).join('\n'))
  }
} finally {
  await postgres.stop()
  programs.remove()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
