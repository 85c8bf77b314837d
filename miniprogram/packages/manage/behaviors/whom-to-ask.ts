// Who can help a colleague whose role does not open a page of the desk: an administrator. The words of the error itself are those of a shop's page.
import type { ProblemView } from '../../../rules/error-copy'
import type { Say } from '../../../words/say'
import '../words/whom.words'

/** The problem of a page as it is shown; `problem` itself unless the role is what is in the way. */
export function askedOfAdmin(problem: ProblemView | null, say: Say): ProblemView | null {
  if (problem?.code !== 'ACTION_FORBIDDEN') return problem
  return { ...problem, sentence: say('whom.sentence'), contact: say('whom.contact') }
}
