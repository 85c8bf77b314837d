// What a customer saw before and sees now: the two pictures of a shop that went back.
import type { AfterPage, SubMerchant } from '../../../../typings/api'
import { afterPageClass } from '../../../shared/after-page'
import { dayOf } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import type { SheetPicture } from '../../visit/components/confirm-sheet/view'

/** The newest test payment among the recent evidence that points this way. */
export function newestSeen(merchant: SubMerchant, way: 'POS' | 'NEG'): { page: AfterPage; at: string } | null {
  for (const item of merchant.recent_evidence) {
    if (item.kind === 'test_payment' && item.withdrawn === null && afterPageClass(item.detail.after_page) === way) {
      return { page: item.detail.after_page, at: item.occurred_at }
    }
  }
  return null
}

/** Null unless the shop is 已回退 and both pages are among the recent evidence. (The step page_seen is no longer done then, so it has no time.) */
export function changeOf(merchant: SubMerchant, now: number, say: Say): { before: SheetPicture; after: SheetPicture } | null {
  const later = newestSeen(merchant, 'NEG')
  const before = newestSeen(merchant, 'POS')
  if (merchant.migration.state !== 'regressed' || !later || !before) return null
  const picture = ({ page, at }: { page: AfterPage; at: string }): SheetPicture => ({
    page,
    when: dayOf(at, now, say),
    text: say(`after_page.${page}`),
  })
  return { before: picture(before), after: picture(later) }
}
