// What the page of the receipt's blocks shows, from the stores.
import { paymentPage, settingsOf, type PaymentPageSettings } from '../rules/payment-page'
import { RECEIPT_LIMITS, RECEIPT_TEMPLATES } from '../shared/receipt-blocks'
import { absoluteTime } from '../../../rules/relative-time'
import { drawn } from '../explain/view'
import { blockRows } from './view'
import { own, stores } from '../stores/index'
import { ReceiptEditorStore } from './store'
import './words'
import '../words/words'

const { merchant, network, preferences, receiptContent, session } = stores
export const receiptEditor = own(
  ({ context, merchant, receiptContent, session }) => new ReceiptEditorStore(context, session, merchant, receiptContent),
)
const say: typeof preferences.say = (key, values) => preferences.say(key, values)
const PANELS = ['error', 'offline', 'forbidden']

const shown = () => merchant.merchant !== null && receiptEditor.ready
const ownPanel = () => (PANELS.includes(receiptContent.status) ? receiptContent.status : '')
const settings = (): PaymentPageSettings | null =>
  merchant.merchant && receiptEditor.ready ? settingsOf(merchant.merchant, receiptEditor.blocks, preferences.language) : null

function changedBy(): string {
  const { content } = receiptContent
  if (!content) return ''
  if (content.changed_at === null) return say('receipt_content.never')
  const time = absoluteTime(content.changed_at, merchant.now, say)
  return content.changed_by === null
    ? say('receipt_content.changed_nobody', { time })
    : say('receipt_content.changed', { time, by: content.changed_by })
}

/** what stands between the blocks and the customers; empty: nothing does */
function standsBetween(): string {
  const now = settings()
  if (!now || now.receipt.seen) return ''
  if (!now.receipt.link) return say('receipt_content.preview_link')
  if (!now.receipt.open) return say('receipt_content.preview_closed')
  return now.gold_plan ? '' : say('receipt_content.preview_plan')
}

function saveLabel(): string {
  switch (receiptEditor.refusal) {
    case 'offline':
      return say('switch.locked.offline')
    case 'unchanged':
      return say('receipt_content.unchanged')
    case 'faulty':
      return say('receipt_content.faulty', { count: receiptEditor.faults.length })
    case null:
      return say(receiptEditor.status === 'unsure' ? 'receipt_content.save_again' : 'receipt_content.save')
  }
}

function conflict() {
  const found = receiptEditor.conflict
  if (!found) return null
  const time = found.at === null ? '' : absoluteTime(found.at, merchant.now, say, { today: true })
  return {
    fact: say('receipt_content.conflict'),
    text: found.by === null ? say('receipt_content.conflict_nobody', { time }) : say('receipt_content.conflict_by', { time, by: found.by }),
    actions: [
      { id: 'mine', label: say('receipt_content.mine') },
      { id: 'theirs', label: say('receipt_content.theirs') },
    ],
  }
}

/** links that customers do not see yet: who may let them, or what to do */
function waiting() {
  const hosts = receiptEditor.waiting_hosts.join(say('common.comma'))
  if (hosts === '' || receiptEditor.conflict) return null
  const mine = receiptEditor.may_allow_links && !receiptEditor.changed
  return {
    fact: say('receipt_content.waiting_links', { hosts }),
    text: say(mine ? 'receipt_content.waiting_links_mine' : 'receipt_content.waiting_links_text'),
    actions: mine ? [{ id: 'allow', label: say('receipt_content.waiting_links_allow') }] : [],
  }
}

export const contentFields = {
  skeleton: () => !shown() && (merchant.skeleton || receiptContent.skeleton),
  slow: () => merchant.status === 'slow' || receiptContent.status === 'slow',
  panel: () => (session.status === 'error' ? 'error' : PANELS.includes(merchant.status) ? merchant.status : ownPanel()),
  problem: () => (session.status === 'error' ? session.problem : (merchant.problem ?? receiptContent.problem)),
  name: () => (shown() ? (merchant.merchant?.name ?? '') : ''),
  changedBy,
  offline: () => shown() && (receiptContent.cached || !network.online),
  resumed: () => receiptEditor.resumed && receiptEditor.status === 'idle',
  unsure: () => receiptEditor.status === 'unsure',
  saving: () => receiptEditor.status === 'saving',
  readOnly: () => receiptEditor.read_only,
  editable: () => receiptEditor.editable,
  conflict,
  waiting,
  refusal: () => receiptEditor.problem,
  count: () => say('receipt_content.count', { count: receiptEditor.rows.length, most: RECEIPT_LIMITS.blocks }),
  full: () => (receiptEditor.rows.length >= RECEIPT_LIMITS.blocks ? say('receipt_content.full', { most: RECEIPT_LIMITS.blocks }) : ''),
  rows: () => blockRows(receiptEditor.rows, receiptEditor.faults, receiptEditor.open_key, say),
  kinds: () => receiptEditor.addable.map(kind => ({ kind, label: say(`receipt_content.kind_${kind}`) })),
  templates: () =>
    RECEIPT_TEMPLATES.map(({ code, label_zh, label_en }) => {
      const name = preferences.language === 'en' ? label_en : label_zh
      const fits = receiptContent.content?.suggested_template === code
      return { code, name, label: fits ? say('receipt_content.suggested', { template: name }) : name, on: receiptEditor.template === code }
    }).sort((one, other) => Number(other.label !== other.name) - Number(one.label !== one.name)),
  preview: () => {
    const now = settings()
    return now && drawn(paymentPage(now, { plan: true, receipt: true }), say)
  },
  between: standsBetween,
  changed: () => receiptEditor.changed,
  refusalToSave: () => receiptEditor.refusal ?? '',
  saveLabel,
}
