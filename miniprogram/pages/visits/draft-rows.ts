// What of my visits is still on this phone: drafts, and those that were submitted and wait. Pure.
import type { VisitRow } from '../../components/visit-row/index'
import { progressOf } from '../../shared/checklist'
import { absoluteTime } from '../../rules/relative-time'
import type { Say } from '../../words/say'
import type { Drafts, Outbox } from '../../stores/field-work'
import './words'

/** Those that wait for a person first, then drafts by their last change, then what is sent by itself. */
export function draftRows({ list }: Pick<Drafts, 'list'>, outbox: Pick<Outbox, 'items' | 'problemOf'>, now: number, say: Say): VisitRow[] {
  const tail = (sub_mchid: string) => say('visits.tail', { tail: sub_mchid.slice(-4) })
  const begun = list.map(({ id, shop, template, answers, edited_at, origins }): VisitRow => {
    const returned = origins.returned as { comment?: string } | undefined
    return {
      id,
      name: shop.name,
      facts: [tail(shop.sub_mchid), say('visits.edited', { time: absoluteTime(edited_at, now, say, { today: true }) })],
      status: returned ? 'returned' : 'draft',
      status_label: say('visits.progress', { ...progressOf(template, answers) }),
      comment: returned?.comment ? say('visits.returned_because', { comment: returned.comment }) : '',
    }
  })
  const sent = outbox.items
    .filter(({ kind }) => kind === 'visit')
    .map(({ parcel_id, shop, created_at }): VisitRow => {
      // itself, or a photo of it
      const stuck = outbox.items.find(one => one.parcel_id === parcel_id && (one.status === 'failed' || one.status === 'conflict'))
      return {
        id: parcel_id,
        name: shop.name,
        facts: [tail(shop.sub_mchid), absoluteTime(created_at, now, say, { today: true })],
        status: stuck ? 'failed' : 'waiting',
        status_label: say(stuck ? 'visits.not_accepted' : 'visits.waiting'),
        comment: stuck ? (outbox.problemOf(stuck.id)?.title ?? '') : '',
      }
    })
  return [...sent.filter(({ status }) => status === 'failed'), ...begun, ...sent.filter(({ status }) => status === 'waiting')]
}
