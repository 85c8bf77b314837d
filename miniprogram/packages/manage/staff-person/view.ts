// What the page of a person draws beside the form. Pure.
import type { StaffInvite, StaffMember } from '../../../../typings/api'
import { problemView, type ErrorFacts, type ProblemView } from '../../../rules/error-copy'
import { absoluteTime, relativeTime } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import '../words/people.words'
import './words'

export interface PersonFact {
  id: string
  name: string
  value: string
}

/** Workload and last login. @param now of the server (ms) */
export function factsOf({ workload, last_seen_at }: StaffMember, now: number, say: Say): PersonFact[] {
  const { shops, stale, submitted, returned } = workload
  return [
    { id: 'shops', name: say('person.shops'), value: say('person.shops_value', { count: shops }) },
    { id: 'stale', name: say('person.stale'), value: say('person.shops_value', { count: stale }) },
    { id: 'submitted', name: say('person.submitted'), value: say('person.visits_value', { count: submitted }) },
    { id: 'returned', name: say('person.returned'), value: say('person.visits_value', { count: returned }) },
    { id: 'seen', name: say('person.seen'), value: last_seen_at === null ? say('person.never') : relativeTime(last_seen_at, now, say) },
  ]
}

export interface InviteView {
  /** KX7MPD-4RWT; '' when it is not known here (any more) */
  code: string
  /** as it is read out: K X 7 M P D */
  first: string
  last: string
  /** until when, or what became of the one before */
  note: string
  /** what the button does */
  act: string
}

/** @param invite made just now @param now of the server (ms) */
export function inviteView(member: StaffMember, invite: StaffInvite | null, now: number, say: Say): InviteView {
  const until = (at: string) => absoluteTime(at, now, say, { today: true })
  const code = invite?.code ?? ''
  const [first = '', last = ''] = code.split('-')
  const parts = { code, first: [...first].join(' '), last: [...last].join(' ') }
  if (invite && code !== '')
    return { ...parts, note: say('person.invite_until', { time: until(invite.expires_at) }), act: say('person.invite_again') }
  if (member.invite?.locked) return { ...parts, note: say('person.invite_locked'), act: say('person.invite_again') }
  if (member.invite)
    return { ...parts, note: say('person.invite_waits', { time: until(member.invite.expires_at) }), act: say('person.invite_again') }
  if (member.bound) return { ...parts, note: say('person.invite_bound'), act: say('person.invite_rebind') }
  return { ...parts, note: say('person.invite_none'), act: say('person.invite_make') }
}

/** Codes that only this page meets: the server says the sentence, the title is the page's, and there is nothing to do here but to close. */
export const OWN = ['LAST_ADMIN', 'OWN_ROLE', 'PERSON_DISABLED', 'SHOPS_LEFT'] as const
type Own = (typeof OWN)[number]
const isOwn = (code: string): code is Own => (OWN as readonly string[]).includes(code)

export function refusalOf(error: ErrorFacts, say: Say, role: string | null = null): ProblemView {
  const view = problemView(error, say, role)
  if (!isOwn(error.code)) return view
  return { ...view, title: say(`person.refused_${error.code}`), next: null, contact: null }
}
