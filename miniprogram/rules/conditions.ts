// Lasting conditions that a person should know of on every tab: no network, a slow one, a phone whose clock is wrong (product.md §8).
import { clockTime, duration, relativeTime } from './relative-time'
import type { Say } from '../words/say'

export interface Condition {
  /** element id of its banner */
  id: 'state-offline' | 'state-weak' | 'state-clock' | 'state-locked'
  icon: string
  fact: string
  text: string
}
export interface ConditionFacts {
  online: boolean
  weak: boolean
  /** when the network went (ms); null: nobody knows */
  since: number | null
  /** items that wait to be sent */
  waiting: number
  /** when an item was last sent (ms) */
  last_sent: number | null
  has_pack: boolean
  /** of the phone, behind the server's (ms); null: right */
  clock_behind: number | null
  /** days without the server after which nothing that it gave is shown; null: not so long */
  locked_after: number | null
  now: number
}

export function conditionsOf(facts: ConditionFacts, say: Say): Condition[] {
  const { online, weak, since, has_pack, clock_behind } = facts
  const conditions: Condition[] = []
  if (facts.locked_after !== null) {
    const fact = say('connection.locked', { days: facts.locked_after })
    conditions.push({ id: 'state-locked', icon: 'lock', fact, text: say('connection.locked_text') })
  }
  if (!online) {
    const fact = since === null ? say('connection.offline') : say('connection.offline_since', { time: clockTime(since) })
    // what is locked cannot be looked at
    const still = facts.locked_after !== null ? '' : say(has_pack ? 'connection.still' : 'connection.still_without_pack')
    conditions.push({ id: 'state-offline', icon: 'warning-o', fact, text: sentences([waitingText(facts, say), still], say) })
  } else if (weak) {
    const text = sentences([waitingText(facts, say), say('connection.weak_text')], say)
    conditions.push({ id: 'state-weak', icon: 'warning-o', fact: say('connection.weak'), text })
  }
  if (clock_behind !== null) {
    const age = duration(Math.abs(clock_behind), say) ?? ''
    const fact = say(clock_behind > 0 ? 'connection.clock_behind' : 'connection.clock_ahead', { age })
    conditions.push({ id: 'state-clock', icon: 'clock-o', fact, text: say('connection.clock_text') })
  }
  return conditions
}

/** "3 项等待同步，上次同步 5 分钟前"; '' where nothing waits. Never says that something was sent which was not. */
function waitingText({ waiting, last_sent, now }: Pick<ConditionFacts, 'waiting' | 'last_sent' | 'now'>, say: Say): string {
  if (waiting === 0) return ''
  const count = say('connection.waiting', { count: waiting })
  if (last_sent === null) return count
  return `${count}${say('connection.and')}${say('connection.last_sent', { age: relativeTime(last_sent, now, say) })}`
}

const sentences = (parts: string[], say: Say) => parts.filter(part => part !== '').join(say('connection.stop'))
