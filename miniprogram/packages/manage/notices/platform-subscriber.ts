import type { SubscriptionAnswer } from '../../../../typings/api'
import type { Subscriber } from './subscriber'

const ANSWERS: readonly string[] = ['accept', 'reject', 'ban', 'filter'] satisfies SubscriptionAnswer[]
const isAnswer = (text: unknown): text is SubscriptionAnswer => typeof text === 'string' && ANSWERS.includes(text)

export const wechatSubscriber: Subscriber = {
  ask: ids =>
    new Promise(done => {
      wx.requestSubscribeMessage({
        tmplIds: ids,
        success: result =>
          done(ids.flatMap(template_id => (isAnswer(result[template_id]) ? [{ template_id, answer: result[template_id] }] : []))),
        // the person has turned messages off altogether, or WeChat could not ask
        fail: () => done(null),
      })
    }),
}
