// A draft as the form draws it: where answers came from in words, photos with what an image can show. Pure.
import type { VisitDraft } from '../../../rules/field-work'
import { absoluteTime, relativeTime } from '../../../rules/relative-time'
import type { Language, Say } from '../../../words/say'
import { photoIds, type FormFacts, type PhotoView } from './view'
import type { Origin } from './prefill'
import './words'

interface Circumstances {
  /** of a photo that is on the server; '' while its link is awaited */
  src(photo_id: string): string
  language: Language
  /** server time, ms */
  now: number
}

export function formFacts(draft: VisitDraft, { src, language, now }: Circumstances, say: Say): FormFacts {
  const origins: Record<string, string> = {}
  const fixed = new Set<string>()
  for (const [item_id, origin] of Object.entries(draft.origins as Readonly<Record<string, Origin>>)) {
    if (origin.from === 'record') fixed.add(item_id)
    if (origin.from === 'record' || origin.from === 'test') origins[item_id] = originText(origin, now, say)
  }
  const { template, answers, refused } = draft
  return { template, answers, origins, fixed, photos: photoViews(draft, src), refused, language }
}

function originText(origin: Origin, now: number, say: Say): string {
  if (origin.from === 'test') return say('visit.from_test', { time: absoluteTime(origin.at, now, say, { today: true }) })
  return say('visit.from_record', { age: relativeTime(origin.at, now, say) })
}

function photoViews(draft: VisitDraft, src: (photo_id: string) => string): Map<string, PhotoView> {
  const views = new Map(draft.photos.map(({ id, path }) => [id, { id, src: path }]))
  for (const id of photosOnServer(draft)) views.set(id, { id, src: src(id) })
  return views
}

/** Photos of the answers that do not lie on this phone. */
export const photosOnServer = ({ template, answers, photos }: VisitDraft): string[] =>
  photoIds(template, answers).filter(id => !photos.some(photo => photo.id === id))
