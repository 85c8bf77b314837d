// The merchant page where the phone has no page of the shop, only its row of the offline pack or of a list: what is known, as of when, and the work in
// the shop, which needs no more than that. Pure.
import type { SubMerchantRow, Verdict } from '../../../../typings/api'
import { proofLabel } from '../../../rules/evidence-copy'
import { isAddressKnown, type KeptRow } from '../../../rules/kept-row'
import { districtOf } from '../../../rules/region'
import { absoluteTime } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import { stateKey } from '../../../rules/states'
import { verdictSentence } from '../rules/verdict'
import './more'
import './words'
import '../words/words'
import '../rules/control-rows'

/** pages that need no network; in the order in which they are offered */
const WORK = [
  { id: 'visit', icon: 'notes-o', name: 'visit', needs: 'visit.write' },
  { id: 'test-payment', icon: 'gold-coin-o', name: 'test_payment', needs: 'evidence.write' },
  { id: 'explain', icon: 'volume-o', name: 'explain', needs: 'merchant.read' },
] as const

const workOf = (actions: readonly string[]) => WORK.filter(({ needs }) => actions.includes(needs))

/** The one gold button: what else a state asks for is a switch or a look at the console. Undefined: this person does neither. */
export function nextWork({ migration: { state, attention } }: KeptRow['row'], actions: readonly string[]) {
  const wanted = state === 'enrolled' || attention.includes('STALE') ? 'test-payment' : 'visit'
  return workOf(actions).find(({ id }) => id === wanted)
}

/** What a row of a list says of it: no ladder, since a row does not know the steps. */
function verdictOfRow({ migration }: Pick<SubMerchantRow, 'migration'>, now: number, say: Say) {
  const { state, since, proof: what, attention } = migration
  const steps: Verdict['steps'] = { flow_confirmed: null, gold_plan_opened: null, page_seen: null }
  const at = since === null ? [] : [absoluteTime(since, now, say)]
  return {
    state,
    title: say(stateKey(state)),
    sentence: verdictSentence({ ...migration, evidence_id: null, steps }, now, say),
    proof:
      what === null ? (since === null ? [say('verdict.proof.none')] : at) : [say('verdict.proof', { what: proofLabel(what, say) }), ...at],
    marks: attention.map(code => ({ code, label: say(`attention.${code}`) })),
    ladder: [],
  }
}

export function keptView({ row }: KeptRow, actions: readonly string[], now: number, say: Say) {
  const word = (status: string) => say(`switch.${status}` as 'switch.open')
  const work = workOf(actions)
  const first = nextWork(row, actions)
  return {
    verdict: verdictOfRow(row, now, say),
    name: row.name,
    district: [districtOf(row.region_name)],
    primary: first ? say(`detail.more_${first.name}`) : '',
    reason: first ? '' : say('switch.locked.offline'),
    work: work.map(({ id, icon, name }) => ({ id, icon, name: say(`detail.more_${name}`), note: say(`detail.more_${name}_note`) })),
    facts: [
      { name: say('feature.receipt'), value: word(row.receipt_status) },
      { name: say('feature.advertising'), value: word(row.advertising_status) },
      { name: say('filter.region'), value: row.region_name },
      ...(isAddressKnown(row) ? [{ name: say('detail.address'), value: row.address }] : []),
      { name: say('detail.assigned'), value: row.assigned_to ?? say('detail.unassigned') },
    ],
  }
}
