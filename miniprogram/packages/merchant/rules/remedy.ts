// What the owner of a blocked shop has to do, as a message that staff send: nobody of the provider can lift what WeChat Pay put on the merchant itself.
import type { SubMerchant } from '../../../../typings/api'
import { isForOwner, limitationLabel } from './limitations'
import type { Say } from '../../../words/say'
import { wayText } from './recover-ways'
import '../words/words'

export interface Remedy {
  /** what stands in the way, in a few words */
  cause: string
  /** what to do, one after the other */
  steps: string[]
  /** all of it as one text to send; names the shop and no person */
  message: string
}

/** @returns null where the owner can do nothing */
export function remedyFor({ name, sub_mchid, migration, recent_evidence }: SubMerchant, say: Say): Remedy | null {
  const { state, reason, evidence_id } = migration
  if (state !== 'blocked' || !isForOwner(reason, say)) return null
  const limited = limitationLabel(reason, say)
  const deciding = recent_evidence.find(({ id }) => id === evidence_id)
  const said = deciding?.kind === 'limitation' ? deciding.detail.reason : undefined
  const what = limited === null ? say('remedy.punished') : say('remedy.limited', { cause: limited })
  const cause = said ? say('remedy.cause', { what, said }) : what
  const told = deciding?.kind === 'limitation' ? casesOf(deciding.detail, say) : []
  const steps = [...(told.length > 0 ? told : [say('remedy.step_look'), say('remedy.step_do')]), say('remedy.step_tell')]
  const numbered = steps.map((step, index) => `${index + 1}. ${step}`)
  return { cause, steps, message: [say('remedy.shop', { name, sub_mchid }), cause, ...numbered].join('\n') }
}

type Detail = Extract<SubMerchant['recent_evidence'][number], { kind: 'limitation' }>['detail']

/** What WeChat Pay said has to be done, each once, with the page that explains it. */
function casesOf({ cases = [], recover_way }: Detail, say: Say): string[] {
  const named = cases.length > 0 ? cases : [{ recover_way, help_url: undefined }]
  const lines = named.flatMap(({ recover_way: way, help_url }) => {
    const todo = wayText(way, say)
    if (todo === null) return []
    return [[say('remedy.todo', { todo }), ...(help_url ? [say('remedy.link', { link: help_url })] : [])].join(' ')]
  })
  return [...new Set(lines)]
}
