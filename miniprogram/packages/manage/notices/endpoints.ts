// What the page of notices asks of the backend, beside api/endpoints.ts: the package that everybody waits for does not carry it.
import type { MessageSubscriptions, NoticePage, NoticesUnread, SubscriptionAnswer } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { Http } from '../../../api/http'

const notices = '/v1/notices'
const subscriptions = '/v1/message-subscriptions'

export const createNoticeApi = (http: Http) => ({
  /** My own, newest first. Throws ApiError INVALID_CURSOR. */
  listNotices: async (query: { limit?: number; cursor?: string }, scope?: AbortScope): Promise<NoticePage> =>
    (await http.get<NoticePage>(notices, { query, scope, has: 'unread' })).body,
  /** @param ids null: all of them */
  readNotices: async (ids: string[] | null, key: string): Promise<NoticesUnread> =>
    (await http.write<NoticesUnread>(`${notices}/read`, { method: 'POST', body: ids === null ? {} : { ids }, key, has: 'unread' })).body,
  /** Which messages of WeChat I may be asked to allow. */
  getSubscriptions: async (scope?: AbortScope): Promise<MessageSubscriptions> =>
    (await http.get<MessageSubscriptions>(subscriptions, { scope, has: 'kinds' })).body,
  answerSubscriptions: async (answers: { template_id: string; answer: SubscriptionAnswer }[], key: string): Promise<MessageSubscriptions> =>
    (await http.write<MessageSubscriptions>(subscriptions, { method: 'POST', body: { answers }, key, has: 'kinds' })).body,
})
export type NoticeApi = ReturnType<typeof createNoticeApi>
