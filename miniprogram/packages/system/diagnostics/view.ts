// 诊断 in lines of name and value, as they are drawn and as they are copied (product.md B15): no secret, no shop, no person.
import type { RequestSeen } from '../../../stores/last-requests'
import { chinaClock } from '../../../shared/china-time'
import type { Say } from '../../../words/say'
import './words'

/** What WeChat says of itself and of the phone. */
export interface PhoneFacts {
  wechat: string
  base_library: string
  system: string
  model: string
}

export interface Facts extends PhoneFacts {
  version: string
  server: string
  online: boolean
  weak: boolean
  wifi: boolean
  /** milliseconds that the phone's clock is behind the server's; null: the server was not heard yet */
  behind: number | null
  /** bytes */
  storage: number
  unsent: number
  failed: number
  /** why nothing is sent; null: it is */
  held: string | null
  role: string
  requests: readonly RequestSeen[]
}
export interface Line {
  id: string
  name: string
  value: string
}

const KILOBYTE = 1024
/** 10:12:05 in China */
const timeOf = (at: number) => chinaClock(at).toISOString().slice(11, 19)

export function lines(facts: Facts, say: Say): Line[] {
  const line = (id: LineId, value: string): Line => ({ id, name: say(`diagnostics.${id}`), value: value || say('diagnostics.unknown') })
  const network = facts.online
    ? [say(facts.wifi ? 'diagnostics.wifi' : 'diagnostics.mobile'), ...(facts.weak ? [say('diagnostics.weak')] : [])]
    : [say('diagnostics.offline')]
  const waiting = [
    say('diagnostics.unsent_count', { count: facts.unsent }),
    ...(facts.failed > 0 ? [say('diagnostics.failed_count', { count: facts.failed })] : []),
  ]
  return [
    line('version', facts.version),
    line('base_library', facts.base_library),
    line('wechat', facts.wechat),
    line('system', facts.system),
    line('model', facts.model),
    line('network', network.join(say('common.comma'))),
    line('server', facts.server),
    line('clock', facts.behind === null ? '' : clockWords(Math.round(facts.behind / 1000), say)),
    line('storage', say('diagnostics.kilobytes', { kilobytes: Math.ceil(facts.storage / KILOBYTE) })),
    line('outbox', [...waiting, ...(facts.held === null ? [] : [say('diagnostics.held', { held: facts.held })])].join(say('common.comma'))),
    line('role', facts.role),
  ]
}
const clockWords = (seconds: number, say: Say): string =>
  seconds === 0 ? say('diagnostics.same') : say(seconds > 0 ? 'diagnostics.slow' : 'diagnostics.fast', { seconds: Math.abs(seconds) })
type LineId = 'version' | 'base_library' | 'wechat' | 'system' | 'model' | 'network' | 'server' | 'clock' | 'storage' | 'outbox' | 'role'

/** Newest first: when, what came, and the number to ask with. */
export const requestLines = (requests: readonly RequestSeen[], say: Say): { id: string; text: string }[] =>
  requests.map(({ id, at, method, status }) => ({
    id,
    text: [timeOf(at), method, status === null ? say('diagnostics.no_answer') : String(status)].join(' '),
  }))

/** What is copied. */
export const asText = (all: readonly Line[], requests: readonly { id: string; text: string }[], say: Say): string =>
  [
    ...all.map(({ name, value }) => `${name}: ${value}`),
    say('diagnostics.requests'),
    ...requests.map(({ id, text }) => `${text} ${id}`),
  ].join('\n')
