// What 帮助 says: topics of a few sentences, and every message of the app with what to do (product.md B15). Nothing is asked of the server.
import { ERROR_RULES, problemView } from '../../../rules/error-copy'
import type { MessageKey, Say } from '../../../words/say'
import './words'

const TOPICS = ['what', 'history', 'cost', 'ads', 'rebate', 'jsapi', 'errors'] as const
export type Topic = (typeof TOPICS)[number]
export const isTopic = (id: string): id is Topic => (TOPICS as readonly string[]).includes(id)

const ICONS: Record<Topic, string> = {
  what: 'gold-coin-o',
  history: 'clock-o',
  cost: 'passed',
  ads: 'bullhorn-o',
  rebate: 'bill-o',
  jsapi: 'qr',
  errors: 'warning-o',
}
const SENTENCES: Record<Exclude<Topic, 'history' | 'errors'>, readonly MessageKey[]> = {
  what: ['help.what_page', 'help.what_without', 'help.what_parts', 'help.what_not'],
  cost: ['help.cost_free', 'help.cost_merchant', 'help.cost_provider'],
  ads: ['help.ads_sold', 'help.ads_filter', 'help.ads_switch'],
  rebate: ['help.rebate_formula', 'help.rebate_where', 'help.rebate_unknown', 'help.rebate_here'],
  jsapi: ['help.jsapi_ask', 'help.jsapi_orders'],
}
/** facts.md §1.7, §5.1 */
const HISTORY: readonly { when: MessageKey; text: MessageKey }[] = [
  { when: 'help.history_2020_03', text: 'help.history_2020_03_text' },
  { when: 'help.history_2020_06', text: 'help.history_2020_06_text' },
  { when: 'help.history_2020_07', text: 'help.history_2020_07_text' },
  { when: 'help.history_2024_11', text: 'help.history_2024_11_text' },
  { when: 'help.history_2025_02', text: 'help.history_2025_02_text' },
]
/** How a payment begins, as a drawing: `web` is JSAPI. */
const WAYS = ['web', 'mini', 'native', 'code'] as const

export interface TopicView {
  id: Topic
  icon: string
  title: string
  open: boolean
  sentences: string[]
  steps: { when: string; text: string }[]
  ways: { id: (typeof WAYS)[number]; name: string; text: string; jsapi: boolean }[]
}

/** @param opened the one topic that is unfolded; only its words are sent to the view */
export const topicViews = (opened: Topic | null, say: Say): TopicView[] =>
  TOPICS.map(id => {
    const open = id === opened
    return {
      id,
      icon: ICONS[id],
      title: say(`help.topic_${id}`),
      open,
      sentences: open && id !== 'history' && id !== 'errors' ? SENTENCES[id].map(key => say(key)) : [],
      steps: open && id === 'history' ? HISTORY.map(({ when, text }) => ({ when: say(when), text: say(text) })) : [],
      ways:
        open && id === 'jsapi'
          ? WAYS.map(way => ({ id: way, name: say(`help.way_${way}`), text: say(`help.way_${way}_text`), jsapi: way === 'web' }))
          : [],
    }
  })

export interface ErrorView {
  code: string
  title: string
  sentence: string
  /** the button under it, and whom to ask */
  next: string
}

/** One message, in the very words in which it is shown elsewhere. */
export function errorView(code: string, say: Say): ErrorView {
  // what stands in for what only WeChat Pay knows
  const { title, sentence, next, contact } = problemView({ code, wx_message: '…' }, say)
  // who only has to know has nothing to do here
  const steps = [next && next.id !== 'ask' && say('help.next', { next: next.label }), contact].filter(Boolean)
  return { code, title, sentence, next: steps.join(say('help.step_joint')) }
}

/** All that hold every word that was typed, in title, sentence, next step or code. */
export function errorViews(query: string, say: Say): ErrorView[] {
  const words = query.trim().toLowerCase().split(/\s+/)
  return Object.keys(ERROR_RULES)
    .map(code => errorView(code, say))
    .filter(({ code, title, sentence, next }) => {
      const text = [code, title, sentence, next].join(' ').toLowerCase()
      return words.every(word => text.includes(word))
    })
}
