// A notice as the data of a subscription message. WeChat limits each keyword by its type (sendMessage, 订阅消息参数值内容限制说明): thing 20 characters, phrase 5
// 汉字, character_string 32, time and date in Chinese form. Nothing of a customer is in it.
import { chinaClock } from '../../../miniprogram/shared/china-time.ts'
import { firstCharacters } from '../../../miniprogram/shared/characters.ts'
import { noticePage } from '../../../miniprogram/packages/manage/shared/notices.ts'
import type { SubscribeMessage } from '../../wechat/messages.ts'
import type { MessageTemplate, NoticeKind, NoticeOutcome } from './schema.ts'

/** At most 5 汉字 each: WeChat's phrase takes no more. */
const outcomes: Readonly<Record<NoticeOutcome, string>> = {
  rejected: '已拒绝',
  executed: '已关闭',
  failed: '没有关成',
  expired: '已过期',
  regressed: '已回退',
  punished: '被处罚',
  completed: '已完成',
  stopped: '自己停了',
  waiting: '等你看过',
}

interface Told {
  kind: NoticeKind
  about: string
  subject: string
  outcome: NoticeOutcome
  at: Date
}

export const messageOf = (notice: Told, { template_id, keys }: MessageTemplate, touser: string): SubscribeMessage => ({
  touser,
  template_id,
  page: noticePage(notice.kind, notice.about),
  data: {
    [keys.subject]: { value: textFor(keys.subject, notice.subject) },
    [keys.outcome]: { value: textFor(keys.outcome, outcomes[notice.outcome]) },
    [keys.at]: { value: timeFor(keys.at, notice.at) },
  },
})

function textFor(key: string, text: string): string {
  const oneLine = text.replaceAll(/\s+/g, ' ').trim()
  // takes letters, digits and symbols alone
  if (key.startsWith('character_string')) return firstCharacters(oneLine.replaceAll(/[^\x20-\x7e]/g, ''), 32) || '-'
  if (key.startsWith('phrase')) return firstCharacters(oneLine, 5)
  return firstCharacters(oneLine, 20) || '-'
}

function timeFor(key: string, at: Date): string {
  const china = chinaClock(at.getTime())
  const two = (part: number) => String(part).padStart(2, '0')
  const day = `${china.getUTCFullYear()}年${china.getUTCMonth() + 1}月${china.getUTCDate()}日`
  return key.startsWith('date') ? day : `${day} ${two(china.getUTCHours())}:${two(china.getUTCMinutes())}`
}
