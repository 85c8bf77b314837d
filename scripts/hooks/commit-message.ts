// Called by .githooks/commit-msg with the file that holds the message.
import { readFileSync } from 'node:fs'
import { subjectFaults } from './subject.ts'

const faults = subjectFaults(readFileSync(process.argv[2]!, 'utf8'))
for (const fault of faults) console.error(`commit-msg: ${fault}`)
process.exitCode = faults.length === 0 ? 0 : 1
