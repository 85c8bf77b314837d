// What the list of staff draws of a person. Pure.
import type { StaffMember } from '../../../../typings/api'
import { relativeTime } from '../../../rules/relative-time'
import { grouped } from '../../../shared/fill'
import type { Say } from '../../../words/say'
import '../words/people.words'
import './words'

export interface StaffRowView {
  id: string
  name: string
  role: string
  regions: string
  status: StaffMember['status']
  status_label: string
  /** shops; '' for a role without */
  shops: string
  /** what of their work needs somebody, one by one */
  work: string[]
  /** 3 天前登录 */
  seen: string
}

/** of regions a row names so many */
const NAMED = 2

/** @param now of the server (ms) */
export function staffRow(member: StaffMember, now: number, say: Say): StaffRowView {
  const { workload, role, status } = member
  const works = role === 'field_agent' || role === 'region_lead' || role === 'operator'
  return {
    id: member.id,
    name: member.display_name,
    role: say(`role.${role}`),
    regions: regionsOf(member, say),
    status,
    status_label: say(`people.status_${status}`),
    shops: works || workload.shops > 0 ? grouped(workload.shops) : '',
    work: workOf(workload, say),
    seen: member.last_seen_at === null ? say('staff.never') : say('staff.seen', { time: relativeTime(member.last_seen_at, now, say) }),
  }
}

function regionsOf({ role, region_names }: Pick<StaffMember, 'role' | 'region_names'>, say: Say): string {
  if (role !== 'field_agent' && role !== 'region_lead') return say('people.everywhere')
  const named = region_names.slice(0, NAMED).join(say('common.comma'))
  return region_names.length > NAMED ? say('staff.regions_more', { named, count: region_names.length }) : named
}

function workOf({ stale, submitted, returned }: StaffMember['workload'], say: Say): string[] {
  return [
    ...(stale > 0 ? [say('staff.stale', { count: stale })] : []),
    ...(submitted > 0 ? [say('staff.submitted', { count: submitted })] : []),
    ...(returned > 0 ? [say('staff.returned', { count: returned })] : []),
  ]
}
