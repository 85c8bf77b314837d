// Slices of the stores that the merchant page draws.
import { stores } from '../stores/index'
import { changeFields } from '../behaviors/of-change'
import { evidenceRow } from '../components/evidence-item/view'
import { changeOf } from './change'
import { keptView } from './kept'
import { ringOf } from './ring'
import {
  busyRow,
  checksLink,
  entryRows,
  hintBanner,
  identityFacts,
  lockedTogether,
  nextBar,
  shopFacts,
  switchRows,
  verdictCard,
} from './view'
import { moreRows } from './more'
import './words'
import '../words/words'
import '../rules/control-rows'

const { ads, closing, merchant, outbox, payments, preferences, receiptHealth, session } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)
const PANELS = ['error', 'offline', 'forbidden']

const evidence = () =>
  ringOf(
    merchant.evidence.map(line => evidenceRow(line)),
    merchant.merchant?.evidence_count ?? 0,
  )

/** The row of the filter says its tags. */
const drawnRows = () => {
  const { rows } = merchant
  return rows && { ...rows, ad_filter: ads.ad_filter ?? rows.ad_filter }
}

/** The whole minute: what ages by days need not be drawn every second. */
const minute = () => Math.floor(merchant.now / 60_000) * 60_000

export const merchantFields = {
  status: () => merchant.status,
  skeleton: () => merchant.skeleton,
  panel: () => (session.status === 'error' ? 'error' : !merchant.kept && PANELS.includes(merchant.status) ? merchant.status : ''),
  problem: () => (session.status === 'error' ? session.problem : merchant.problem),
  asOf: () => merchant.as_of_label ?? '',
  kept: () => merchant.kept && keptView(merchant.kept, merchant.shop?.actions ?? [], minute(), say),
  verdict: () => merchant.verdict && verdictCard(merchant.verdict, say),
  name: () => merchant.merchant?.name ?? '',
  district: () => (merchant.merchant ? identityFacts(merchant.merchant, preferences.language) : []),
  closing: () => closing.entry,
  closingBusy: () => closing.asking,
  closingLost: () => closing.lost,
  request: () => closing.banner,
  rows: () => {
    const drawn = drawnRows()
    return drawn ? switchRows(drawn, merchant.as_of_label !== null) : []
  },
  busy: () => busyRow(merchant.rows),
  locked: () => lockedTogether(merchant.rows),
  receiptLine: () => (receiptHealth.line?.sub_mchid === merchant.sub_mchid ? (receiptHealth.line?.text ?? '') : ''),
  linkCheck: () => merchant.merchant !== null && checksLink(merchant.merchant),
  evidence: () => evidence().rows,
  places: () => evidence().order,
  allEvidence: () => (merchant.merchant?.evidence_count ? say('detail.all_evidence', { count: merchant.merchant.evidence_count }) : ''),
  entries: () => (merchant.merchant ? entryRows(merchant.merchant, minute(), say) : []),
  more: () => (merchant.merchant ? moreRows(merchant.merchant, payments.line, say) : []),
  shop: () => (merchant.merchant ? shopFacts(merchant.merchant, say).filter(({ id, value }) => id !== 'address' && value !== '') : []),
  address: () => {
    const found = merchant.merchant && shopFacts(merchant.merchant, say).find(({ id, value }) => id === 'address' && value !== '')
    return found ? { name: found.name, value: found.value } : null
  },
  change: () => merchant.merchant && changeOf(merchant.merchant, minute(), say),
  /** what of this shop the server does not have: the verdict above does not know it (product.md M16) */
  unsent: () => {
    const count = outbox.items.filter(({ kind, shop }) => kind !== 'photo' && shop.sub_mchid === merchant.sub_mchid).length
    if (count === 0) return null
    return {
      fact: say('detail.unsent', { count }),
      text: say('detail.unsent_text'),
      actions: [{ id: 'outbox', label: say('detail.to_outbox') }],
    }
  },
  hint: () =>
    merchant.merchant &&
    hintBanner(merchant.merchant, minute(), say, merchant.undoHold !== null || merchant.rows?.receipt.loading === true),
  inactive: () => (!merchant.merchant || merchant.merchant.status === 'active' ? '' : say(`detail.${merchant.merchant.status}`)),
  ...changeFields,
  next: () => {
    const { verdict, gold_plan, operation, settles, merchant: shop } = merchant
    return verdict && gold_plan && shop && nextBar(verdict, gold_plan, operation && { ...operation, settles }, shop, say)
  },
}
