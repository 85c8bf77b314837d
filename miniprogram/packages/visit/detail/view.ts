// What the page of a visit that arrived draws. Pure.
import type { ChecklistTemplate, Visit } from '../../../../typings/api'
import { askedItems, isUnusual, type Answers } from '../../../shared/checklist'
import { absoluteTime } from '../../../rules/relative-time'
import type { Language, MessageKey, Say } from '../../../words/say'
import { answerText, labelOf, type PhotoView } from '../edit/view'
import '../words/words'

interface AnswerView {
  id: string
  label: string
  /** in words; '' for photos */
  answer: string
  /** AfterPage drawn beside it */
  page: string
  /** an answer that deserves a word */
  remark: string
  photos: PhotoView[]
}
interface ReviewView {
  result: 'accepted' | 'returned'
  title: string
  comment: string
  time: string
}
export interface VisitView {
  name: string
  facts: string[]
  status: Visit['status']
  status_label: string
  /** newest first */
  reviews: ReviewView[]
  sections: { id: string; title: string; items: AnswerView[] }[]
  others: PhotoView[]
}

/** What it stands for in the shop's timeline: 收款方式、验证支付; '' for nothing. */
export const evidenceKinds = ({ evidence }: Visit, language: Language, say: Say): string =>
  [...new Set(evidence.map(({ kind }) => say(`visit.evidence_${kind}` as MessageKey)))].join(language === 'zh-CN' ? '、' : ', ')

export function visitView(
  {
    visit,
    template,
    src,
    language,
    now,
  }: { visit: Visit; template: ChecklistTemplate; src: (photo_id: string) => string; language: Language; now: number },
  say: Say,
): VisitView {
  const answers = visit.answers as Answers
  const photo = (id: string): PhotoView => ({ id, src: src(id) })
  const asked = askedItems(template, answers)
  const items = (section: string): AnswerView[] =>
    asked
      .filter(item => item.section === section)
      .map(item => {
        const value = answers[item.id]
        const photos = item.type === 'photo' && Array.isArray(value) ? (value as readonly string[]).map(photo) : []
        return {
          id: item.id,
          label: labelOf(item, language),
          answer: answerText(item, value, language, say) || (photos.length > 0 ? '' : say('visit.empty_answer')),
          page: item.fact === 'after_page' && typeof value === 'string' ? value : '',
          remark: isUnusual(item, value) ? say('visit.unusual', { limit: item.warn_above ?? 0 }) : '',
          photos,
        }
      })
  return {
    name: visit.merchant?.name ?? say('visit.other_shop'),
    facts: [
      say('visit.tail', { tail: visit.sub_mchid.slice(-4) }),
      ...(visit.merchant ? [visit.merchant.region_name] : []),
      visit.staff.display_name,
      absoluteTime(visit.ended_at, now, say),
    ],
    status: visit.status,
    status_label: say(`visit.status_${visit.status}` as MessageKey),
    reviews: visit.reviews.map(({ result, comment, by, at }) => ({
      result,
      title: say(`visit.review_${result}` as MessageKey, { by: by.display_name }),
      comment: comment ?? '',
      time: absoluteTime(at, now, say),
    })),
    sections: template.sections
      .map(({ id, title_zh, title_en }) => ({ id, title: language === 'zh-CN' ? title_zh : title_en, items: items(id) }))
      .filter(section => section.items.length > 0),
    others: visit.other_photo_ids.map(photo),
  }
}
