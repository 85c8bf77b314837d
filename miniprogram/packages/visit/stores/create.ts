// The stores of a visit, over those of the app: index.ts brings the running app's, a test its own. What is not sent yet lives with the app
// (stores/drafts, stores/outbox).
import type { App } from '../../../stores/create'
import { besides } from '../../../stores/late'
import { whenAccountLeaves } from '../../../stores/wiring'
import { VisitDetailStore } from '../detail/store'
import { VisitSentStore, type VerdictRules } from '../edit/sent'
import { createVisitApi } from '../endpoints'
import { VisitFormStore } from '../edit/store'
import { ChecklistPreviewStore } from '../preview/store'
import { PhotoLinks } from './photo-links'

/** @param verdictRules loads them from the merchant's package */
export function createVisitStores({ context, http, known, baseUrl, stores: app }: App, verdictRules: () => Promise<VerdictRules>) {
  const { checklist, details, drafts, outbox, photos, session } = app
  const api = createVisitApi(http)
  const links = new PhotoLinks(context, baseUrl)
  const visitDetail = new VisitDetailStore(context, api, session, checklist, links)
  const visitForm = new VisitFormStore(context, { session, checklist, details, known, drafts, outbox, photos, links })
  const checklistPreview = new ChecklistPreviewStore(context, api, session)
  const visitSent = new VisitSentStore(context, session, outbox, checklist, verdictRules)
  return {
    stores: besides(app, { checklistPreview, visitDetail, visitForm, visitSent }),
    /** What the app's stores mean to these. Returns how to cut the wires. */
    wire: () =>
      whenAccountLeaves(
        session,
        () => {
          checklistPreview.leave()
          visitDetail.reset()
          visitForm.reset()
          visitSent.leave()
        },
        () => {},
      ),
  }
}
