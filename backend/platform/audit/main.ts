// `npm run audit:verify`: proves that nothing in the audit trail was changed, removed, slipped in or sealed anew (backend/operations.md).
// Exit code: 0 proven · 1 something fails · 2 not looked at.
import { aloneLimits } from '../../database/client.ts'
import { unavailable } from '../../database/unavailable.ts'
import { ArgumentsError, complain, isForPerson, onDatabase, optionsOf, say } from '../command.ts'
import { verifyAudit, type Fault, type FaultKind, type Verified } from './verify.ts'

const help = `npm run audit:verify -- [--root HEX]
  reads the whole audit trail and its seals; prints the newest root and how many entries it stands for: keep both elsewhere
  --root HEX  a root that was kept: fails unless the trail goes on from it`

async function main(args: string[]): Promise<void> {
  const given = optionsOf(args, { root: { type: 'string' }, help: { type: 'boolean', short: 'h' } }, help)
  if (given.help) return say(help)
  const kept = given.root === undefined ? null : rootIn(given.root)
  await onDatabase({ connections: 1, limits: aloneLimits }, async database => {
    const verified = await verifyAudit(database, kept)
    report(verified)
    process.exitCode = verified.faultCount === 0 ? 0 : 1
  })
}

function rootIn(given: string): Buffer {
  if (!/^[0-9a-f]{64}$/i.test(given)) throw new ArgumentsError(`--root takes the 64 hexadecimal digits that this printed\n${help}`)
  return Buffer.from(given, 'hex')
}

function report({ faults, faultCount, seals, entries, waiting, root }: Verified): void {
  if (faultCount > 0) {
    complain(`the audit trail fails in ${faultCount} place${faultCount === 1 ? '' : 's'}, the first:`)
    for (const fault of faults) complain(`  ${lineOf(fault)}`)
    if (faultCount > faults.length) complain(`  … and ${faultCount - faults.length} more`)
  } else say('nothing was changed, removed, slipped in or sealed anew')
  say(`${entries} entries in ${seals} seals; ${waiting} written since, which the next seal takes`)
  say(root === null ? 'nothing is sealed yet' : `newest root: ${root.toString('hex')} (${entries} entries); keep it elsewhere`)
}

const words: Readonly<Record<FaultKind, string>> = {
  changed: 'was changed after it was sealed',
  removed: 'was removed after it was sealed',
  slipped_in: 'was slipped in among sealed entries',
  late: 'was written more than an hour after the time that it says: slipped in, or a clock was wrong',
  seal_changed: 'was changed, or does not follow from the one before',
  seal_missing: 'is gone',
  root_unknown: 'the root that was kept is not in the chain: seals were removed or made anew, or the root is of another database',
}

function lineOf({ what, seal, entry, at }: Fault): string {
  const minute = at === null ? '' : `, minute ${at.toISOString().slice(0, 16)}Z`
  if (entry !== null) return `entry ${entry}${minute}${seal === null ? '' : `, seal ${seal}`}: ${words[what]}`
  return seal === null ? words[what] : `seal ${seal}${minute}: ${words[what]}`
}

main(process.argv.slice(2)).catch((error: Error) => {
  complain(isForPerson(error) || unavailable(error) !== null ? error.message : (error.stack ?? error.message))
  process.exitCode = 2
})
