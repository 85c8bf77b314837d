// What is found and is nevertheless right, one by one, each with its reason.
import type { Finding } from './inspect.ts'

interface Exception {
  kind: Finding['kind']
  what: RegExp
  reason: string
}

const EXCEPTIONS: Exception[] = [
  {
    kind: 'missing glyph',
    what: /^(𠮷|𩽾|𩾌) /u,
    reason:
      'The Chinese font that the simulator brings ends at the Basic Multilingual Plane; the fonts of phones have these three (demo merchant 1900000140).',
  },
  {
    kind: 'missing glyph',
    what: /^🍜 /u,
    reason: 'The simulator brings no emoji font; every phone has one (demo merchant 1900000148).',
  },
  {
    kind: 'language',
    what: /^(取餐码|停车时长|订单内容|取餐点)$/,
    reason: 'The receipt is drawn as customers see it, who read Chinese, whatever the language of the phone that shows it to them.',
  },
  {
    kind: 'touch',
    what: /#mark-[a-z]+-\d{4}-\d\d-\d\d\.column$/,
    reason: 'Twelve weeks stand side by side on a phone. Each column is high enough for a finger, and the table has a whole row for each.',
  },
]

export const isExpected = (finding: Finding): boolean =>
  EXCEPTIONS.some(({ kind, what }) => kind === finding.kind && what.test(finding.what))
