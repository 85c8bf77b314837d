// `npm run doors`: every column and setting that a rule reads, with the doors through which it comes to hold what it holds (scripts/checks/doors/).
import { doorsOf, readBackend, recordersOf, tableColumns } from './checks/doors.ts'
import { readersOf } from './checks/doors/readers.ts'
import { DOORS, WITHOUT_DOOR } from './checks/doors/table.ts'
import { readDeployment } from './checks/deployment/facts.ts'
import { EvidenceKind } from '../backend/evidence/schema.ts'
import '../backend/platform/printed.ts'

const say = (line = '') => process.stdout.write(`${line}\n`)
const backend = readBackend()
const columns = tableColumns()

for (const table of [...new Set(columns.map(column => column.table))].sort()) {
  say(table)
  for (const column of columns.filter(one => one.table === table)) {
    const readers = readersOf(column, backend.sources)
    say(`  ${column.column.padEnd(26)} ${doorsOf(column, DOORS, backend).join(' · ') || 'NO DOOR'}`)
    if (readers.length > 0)
      say(`  ${' '.repeat(26)} read by ${readers.slice(0, 3).join(', ')}${readers.length > 3 ? ` and ${readers.length - 3} more` : ''}`)
  }
}
say()
say('evidence')
for (const { const: kind } of EvidenceKind.anyOf)
  say(`  ${kind.padEnd(26)} ${recordersOf(kind, backend.sources).join(' · ') || (WITHOUT_DOOR[`evidence of kind ${kind}`] ?? 'NO DOOR')}`)
say()
say('settings, each in the environment (backend/operations.md, Settings)')
for (const variable of (await readDeployment()).facts.variables) say(`  ${variable}`)
