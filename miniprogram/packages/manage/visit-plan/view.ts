// The plan as it is drawn. Pure.
import type { VisitPlan, VisitPlanStops } from '../../../../typings/api'
import { districtOf } from '../../../rules/region'
import { absoluteTime, dayOf } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import './words'

interface PersonView {
  /** day and person, for rows */
  key: string
  staff_id: string
  name: string
  /** 8 家 · 南山区、福田区 */
  what: string
  /** all are published */
  published: boolean
  state: string
}
export interface PlanView {
  title: string
  facts: string[]
  /** where nobody works; '' for nowhere */
  nobody: string
  made: string
  days: { day: string; title: string; people: PersonView[] }[]
  /** stops that those who go there do not see yet */
  unpublished: number
}

const NAMED = 3

/** @param now of the server (ms) */
export function planView({ made_at, verified, fresh, aim, needed, without_anybody, days }: VisitPlan, now: number, say: Say): PlanView {
  const percent = verified === 0 ? 100 : Math.floor((fresh / verified) * 100)
  const unpublished = days.flatMap(({ people }) => people).reduce((sum, { stops, published }) => sum + stops - published, 0)
  return {
    title:
      needed === null
        ? say('visit_plan.not_made')
        : needed === 0 && days.length === 0
          ? say('visit_plan.enough')
          : say('visit_plan.title', { percent, aim }),
    facts: [say('visit_plan.fresh', { fresh, verified }), ...(needed ? [say('visit_plan.needed', { count: needed })] : [])],
    nobody: without_anybody > 0 ? say('visit_plan.nobody', { count: without_anybody }) : '',
    made: made_at === null ? '' : say('visit_plan.made', { time: absoluteTime(made_at, now, say, { today: true }) }),
    days: days.map(({ day, people }) => ({
      day,
      title: dayText(day, now, say),
      people: people.map(person => personView(day, person, say)),
    })),
    unpublished,
  }
}

type Person = VisitPlan['days'][number]['people'][number]

function personView(day: string, { staff_id, display_name, stops, published, districts }: Person, say: Say): PersonView {
  const named = districts.map(districtOf).slice(0, NAMED).join(say('visit_plan.and'))
  const places = districts.length > NAMED ? say('visit_plan.more_places', { named, count: districts.length }) : named
  return {
    key: `${day} ${staff_id}`,
    staff_id,
    name: display_name,
    what: say('visit_plan.what', { count: stops, places }),
    published: published === stops,
    state:
      published === stops
        ? say('visit_plan.published')
        : published === 0
          ? say('visit_plan.draft')
          : say('visit_plan.partly', { published, stops }),
  }
}

function dayText(day: string, now: number, say: Say): string {
  const text = dayOf(`${day}T12:00:00+08:00`, now, say)
  return Date.parse(`${day}T23:59:59+08:00`) < now ? say('visit_plan.overdue', { day: text }) : text
}

export interface StopGroup {
  day: string
  title: string
  shops: { sub_mchid: string; name: string; tail: string; place: string; marks: string[] }[]
}

/** By day, in the order in which they are visited. */
export function stopGroups(items: VisitPlanStops['items'], now: number, say: Say): StopGroup[] {
  const groups: StopGroup[] = []
  for (const item of items) {
    const last = groups[groups.length - 1]
    const group = last?.day === item.day ? last : { day: item.day, title: dayText(item.day, now, say), shops: [] }
    if (group !== last) groups.push(group)
    group.shops.push({
      sub_mchid: item.sub_mchid,
      name: item.name,
      tail: item.sub_mchid.slice(-4),
      place: item.address || item.region_name,
      marks: [
        ...item.migration.attention.map(mark => say(`attention.${mark}`)),
        ...(item.receipt_status === 'open' ? [] : [say('visit_plan.receipt_off')]),
      ],
    })
  }
  return groups
}
