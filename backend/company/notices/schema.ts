// What a person is told (product.md B05): 提醒 of the app, and WeChat's subscription messages about the same things.
import { Type, type Static } from 'typebox'
import { Instant, PageQuery, Uuid, nullable, pageOf } from '../../http/schema.ts'

/**
 * - closing: what became of a request to close that the person made
 * - shop: a shop of the person has gone back, or WeChat Pay punishes it
 * - rollout: one that the person started is over, has stopped, or waits for a look
 */
export const NoticeKind = Type.Union([Type.Literal('closing'), Type.Literal('shop'), Type.Literal('rollout')])
export type NoticeKind = Static<typeof NoticeKind>

export const NoticeOutcome = Type.Union([
  Type.Literal('rejected'),
  Type.Literal('executed'),
  Type.Literal('failed'),
  Type.Literal('expired'),
  Type.Literal('regressed'),
  Type.Literal('punished'),
  Type.Literal('completed'),
  Type.Literal('stopped'),
  Type.Literal('waiting'),
])
export type NoticeOutcome = Static<typeof NoticeOutcome>

export const Notice = Type.Object(
  {
    id: Uuid,
    kind: NoticeKind,
    outcome: NoticeOutcome,
    /** a change request, a merchant (商户号) or a rollout, by kind */
    about: Type.String(),
    /** its name, as it was */
    subject: Type.String(),
    at: Instant,
    read: Type.Boolean(),
    /** whether it went out as a message of WeChat, too */
    messaged: Type.Boolean(),
  },
  { $id: 'Notice' },
)
export type Notice = Static<typeof Notice>

export const NoticeQuery = PageQuery
export type NoticeQuery = Static<typeof NoticeQuery>
const page = pageOf(Notice)
export const NoticePage = Type.Object(
  {
    ...page.properties,
    /** of all, not of this page */
    unread: Type.Integer({ minimum: 0 }),
  },
  { $id: 'NoticePage' },
)
export type NoticePage = Static<typeof NoticePage>

/** Absent: all of them. */
export const NoticesRead = Type.Object({ ids: Type.Optional(Type.Array(Uuid, { maxItems: 100 })) }, { additionalProperties: false })
export type NoticesRead = Static<typeof NoticesRead>
export const NoticesUnread = Type.Object({ unread: Type.Integer({ minimum: 0 }) }, { $id: 'NoticesUnread' })
export type NoticesUnread = Static<typeof NoticesUnread>

/** A template as it was chosen on WeChat's console (订阅消息 › 我的模板), and its keywords for our three facts. */
export const MessageTemplate = Type.Object(
  {
    kind: NoticeKind,
    template_id: Type.String({ pattern: '^[A-Za-z0-9_-]{20,64}$' }),
    /** what it is about, what became of it, when: names of keywords such as thing1, phrase2, time3 */
    keys: Type.Object(
      {
        subject: Type.String({ pattern: '^(thing|character_string)[0-9]{1,2}$' }),
        outcome: Type.String({ pattern: '^(phrase|thing)[0-9]{1,2}$' }),
        at: Type.String({ pattern: '^(time|date)[0-9]{1,2}$' }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)
export type MessageTemplate = Static<typeof MessageTemplate>

/** A template that WeChat does not take: nobody is asked to allow it, and one message an hour finds out whether it is taken again. */
export const MessageTemplateFault = Type.Object({
  template_id: Type.String(),
  kind: NoticeKind,
  /** as WeChat said it the last time */
  errcode: Type.Integer(),
  errmsg: Type.String(),
  since: Instant,
  last_at: Instant,
})
export type MessageTemplateFault = Static<typeof MessageTemplateFault>

/** As wx.requestSubscribeMessage answers for each template. */
export const SubscriptionAnswer = Type.Union([Type.Literal('accept'), Type.Literal('reject'), Type.Literal('ban'), Type.Literal('filter')])
export type SubscriptionAnswer = Static<typeof SubscriptionAnswer>

/** What the person may be asked to allow. Kinds without a template that WeChat takes are left out: with one of them it asks about none. */
export const MessageSubscriptions = Type.Object(
  {
    kinds: Type.Array(
      Type.Object({
        kind: NoticeKind,
        template_id: Type.String(),
        /** messages that may still go out */
        allowed: Type.Integer({ minimum: 0 }),
        /** null: never asked; refused: WeChat says that the person takes none any more */
        answer: nullable(Type.Union([...SubscriptionAnswer.anyOf, Type.Literal('refused')])),
      }),
    ),
  },
  { $id: 'MessageSubscriptions' },
)
export type MessageSubscriptions = Static<typeof MessageSubscriptions>

export const SubscriptionAnswers = Type.Object(
  {
    answers: Type.Array(
      Type.Object({ template_id: Type.String({ maxLength: 64 }), answer: SubscriptionAnswer }, { additionalProperties: false }),
      {
        minItems: 1,
        maxItems: 5,
      },
    ),
  },
  { additionalProperties: false },
)
export type SubscriptionAnswers = Static<typeof SubscriptionAnswers>
