// The first line of a commit message: `area: what now works`, at most 72 characters.

const most = 72
/** what git writes by itself, or takes away again */
const madeByGit = /^(Merge |Revert "|fixup! |squash! |amend! )/

/** @param message as git hands it to the hook, comments included @returns what is wrong, in words */
export function subjectFaults(message: string): string[] {
  const subject = message.split('\n').find(line => !line.startsWith('#')) ?? ''
  if (madeByGit.test(subject)) return []
  const faults: string[] = []
  const length = [...subject].length
  if (length > most)
    faults.push(`the first line has ${length} characters, at most ${most} are read everywhere: the rest goes into the body`)
  if (!/^[^\s:][^:]{0,39}: \S/.test(subject))
    faults.push('the first line is "area: what now works", like "receipts: a page\'s report counts once"')
  if (/[.。]$/.test(subject)) faults.push('the first line ends without a full stop')
  return faults
}
