// Where a draft comes from: a visit that the server has, and what is known of the shop without asking. Pure.
import type { ChecklistTemplate, Visit } from '../../../../typings/api'
import type { Answer, Answers } from '../../../shared/checklist'
import type { Parcel, VisitDraft } from '../../../rules/field-work'
import { sameDay } from '../../../rules/relative-time'
import type { Drafts } from '../../../stores/field-work'
import { carriedOver, prefillOf, type KnownTest, type Origin, type Prefill } from './prefill'

/** why the lead sent it back: kept with the draft, because it is mended where there is no signal */
export interface Returned {
  from: 'review'
  by: string
  comment: string
}
/** beside the items' own among a draft's origins */
export const RETURNED = 'returned'

/** A visit that the server has, as a draft under its own id. Its photos stay where they are. */
export function draftOf(visit: Visit, template: ChecklistTemplate): Parameters<Drafts['goOn']>[0] {
  const { id, sub_mchid, merchant, started_at, review, location, status } = visit
  const origins: Record<string, unknown> = {}
  if (status === 'returned' && review)
    origins[RETURNED] = { from: 'review', by: review.by.display_name, comment: review.comment ?? '' } satisfies Returned
  return {
    id,
    shop: { sub_mchid, name: merchant?.name ?? sub_mchid, region_name: merchant?.region_name ?? '' },
    template,
    started_at,
    answers: carriedOver(template, visit.answers as Answers),
    origins,
    photos: [],
    location,
  }
}

/** What is known goes where nobody answered, and where the record answered before. */
export function withKnown(answers: Answers, origins: VisitDraft['origins'], known: Prefill): Pick<VisitDraft, 'answers' | 'origins'> {
  const next = { answers: { ...answers } as Record<string, Answer>, origins: { ...origins } }
  for (const [item_id, value] of Object.entries(known.answers)) {
    const typed = answers[item_id] !== undefined && (origins[item_id] as Origin | undefined)?.from !== 'record'
    if (typed) continue
    next.answers[item_id] = value
    next.origins[item_id] = known.origins[item_id]
  }
  return next
}

/** A draft with what is known now, made by the newest checklist; null: it is that already. */
export function broughtUpToDate(
  draft: VisitDraft,
  newest: ChecklistTemplate | null,
  known: Parameters<typeof prefillOf>[1],
): VisitDraft | null {
  const newer = newest !== null && newest.version > draft.template.version
  const template = newer ? newest : draft.template
  const kept = newer ? carriedOver(template, draft.answers) : draft.answers
  const { answers, origins } = withKnown(kept, draft.origins, prefillOf(template, known))
  return newer || JSON.stringify(answers) !== JSON.stringify(draft.answers) ? { ...draft, template, answers, origins } : null
}

/** The newest test payment of this shop and day that waits on the phone. Its photos are not the visit's: they have no id yet. */
export function waitingTest(parcels: readonly Parcel[], sub_mchid: string, now: number): KnownTest | undefined {
  for (const parcel of [...parcels].reverse()) {
    if (parcel.kind !== 'evidence' || parcel.shop.sub_mchid !== sub_mchid || parcel.request.kind !== 'test_payment') continue
    const { occurred_at, detail } = parcel.request
    if (sameDay(Date.parse(occurred_at), now)) return { occurred_at, detail: { ...detail, photo_ids: [] } }
  }
  return undefined
}
