// The seven states of a migration as they are listed and drawn (product.md §5.3, look.md §1).
import type { VerdictState } from '../../typings/api'
import type { MessageKey } from '../words/say'

/** Order in bars, legends and filters: what needs somebody first. */
export const STATE_ORDER = [
  'regressed',
  'blocked',
  'not_migrated',
  'unknown',
  'enrolled',
  'verified',
  'not_applicable',
] as const satisfies readonly VerdictState[]

/** Shape of the pill: it differs without colour too. */
export type StateGlyph = 'question' | 'dash' | 'exclamation' | 'quarter' | 'tick' | 'revoke' | 'bar'

export const STATE_GLYPHS: Record<VerdictState, StateGlyph> = {
  unknown: 'question',
  not_applicable: 'dash',
  not_migrated: 'exclamation',
  enrolled: 'quarter',
  verified: 'tick',
  regressed: 'revoke',
  blocked: 'bar',
}

/** Message of the pill (long) and of chips and legends (short). */
export const stateKey = (state: VerdictState): MessageKey => `state.${state}`
export const stateShortKey = (state: VerdictState): MessageKey => `state.${state}.short`
