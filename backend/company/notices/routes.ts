import { askOf, idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { MessageSubscriptions, NoticePage, NoticeQuery, NoticesRead, NoticesUnread, SubscriptionAnswers } from './schema.ts'
import { answerSubscriptions, listNotices, markRead, readSubscriptions } from './service.ts'

export const noticeRoutes: Routes = (app, context) => {
  const common = { tags: ['staff'] }

  app.get('/v1/notices', { schema: { ...common, querystring: NoticeQuery, response: { 200: NoticePage } } }, request =>
    listNotices(context, request.caller, request.query),
  )

  app.post(
    '/v1/notices/read',
    { schema: { ...common, headers: idempotencyHeader, body: NoticesRead, response: { 200: NoticesUnread } } },
    (request, reply) => markRead(context, askOf(request, reply), request.body),
  )

  app.get('/v1/message-subscriptions', { schema: { ...common, response: { 200: MessageSubscriptions } } }, request =>
    readSubscriptions(context.db, request.caller),
  )

  app.post(
    '/v1/message-subscriptions',
    { schema: { ...common, headers: idempotencyHeader, body: SubscriptionAnswers, response: { 200: MessageSubscriptions } } },
    (request, reply) => answerSubscriptions(context, askOf(request, reply), request.body),
  )
}
