// The stores of a visit, beside those of the whole app. What is not sent yet lives with the app (stores/drafts, stores/outbox).
import '../words/index'
import { reaction } from 'mobx-miniprogram'
import { baseUrl } from '../../../config'
import { context, details, known, stores as app } from '../../../stores/index'
import { PhotoLinks } from './photo-links'
import { VisitDetailStore } from '../detail/store'
import { VisitFormStore } from '../edit/store'
import { VisitSentStore } from '../edit/sent'

const { checklist, drafts, outbox, photos, session } = app

const links = new PhotoLinks(context, baseUrl)
const visitDetail = new VisitDetailStore(context, session, checklist, links)

const visitForm = new VisitFormStore(context, { session, checklist, details, known, drafts, outbox, photos, links })
const visitSent = new VisitSentStore(context, session, outbox, checklist)

export const stores = { ...app, visitDetail, visitForm, visitSent }

// Another account, or none: nothing that the last one saw stays on screen.
reaction(
  () => session.staff?.id ?? null,
  (_staff, before) => {
    if (before === null || before === undefined) return
    visitDetail.reset()
    visitForm.reset()
    visitSent.leave()
  },
)
