// What the page of notices draws. Pure.
import type { Notice, NoticeKind } from '../../../../typings/api'
import { absoluteTime } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import { noticePage } from '../shared/notices'
import './words'

const ICONS: Record<NoticeKind, string> = { closing: 'lock', shop: 'shop-o', rollout: 'upgrade' }

export interface NoticeRow {
  id: string
  icon: string
  /** what became of it */
  text: string
  subject: string
  time: string
  read: boolean
  url: string
}

export const noticeRow = ({ id, kind, outcome, about, subject, at, read }: Notice, now: number, say: Say): NoticeRow => ({
  id,
  icon: ICONS[kind],
  text: say(`notices.${outcome}`),
  subject,
  time: absoluteTime(at, now, say, { today: true }),
  read,
  url: `/${noticePage(kind, about)}`,
})
