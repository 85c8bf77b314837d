// An entry of the audit trail in words: who changed what, from what to what, why (product.md M23).
import type { AuditEntry } from '../../../../typings/api'
import { absoluteTime } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import { actionLabel } from './actions'
import { changesOf, type AuditChange, type Reader } from './changes'
import './words'

export interface AuditRow {
  id: string
  title: string
  /** "今天 14:05" */
  when: string
  changes: AuditChange[]
  /** name of the person, or the system; with the role that they had */
  who: string
  /** for `只看`: what the filter asks for, and its name */
  actor: string
  actor_name: string
  /** name and last four digits of the shop; name of what else was changed */
  target: string
  /** 商户号 of the shop; empty: it is none */
  sub_mchid: string
  reason: string
  request_id: string
}

export function auditRow(entry: AuditEntry, reader: Reader): AuditRow {
  const { say, now } = reader
  const { actor, target } = entry
  const name = actorName(actor, say)
  const isShop = target.type === 'sub_merchant'
  const named = target.name ?? (isShop ? '' : target.id)
  return {
    id: entry.id,
    title: actionLabel(entry.action, say),
    when: absoluteTime(entry.at, now, say, { today: true }),
    changes: changesOf(entry, reader),
    who: actor?.role ? say('audit.who_role', { name, role: say(`role.${actor.role}`) }) : name,
    actor: actor?.id ?? 'system',
    actor_name: name,
    target: isShop ? [named, say('audit.tail', { tail: target.id.slice(-4) })].filter(Boolean).join(' · ') : named,
    sub_mchid: isShop ? target.id : '',
    reason: entry.reason ?? '',
    request_id: entry.request_id ?? '',
  }
}

function actorName(actor: AuditEntry['actor'], say: Say): string {
  if (actor === null) return say('audit.nobody')
  if (actor.display_name !== null) return actor.display_name
  return actor.id === 'import' || actor.id === 'command' ? say(`audit.${actor.id}`) : actor.id
}
