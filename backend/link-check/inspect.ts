// The look at one link, part by part.
import type { Reach } from './reach.ts'
import { hostOf } from './link.ts'
import type { LinkCheckResult, LinkFinding } from './schema.ts'

export interface Inspection {
  sub_mchid: string
  verification_file?: string | undefined
  /** registered names: a redirect to any other is not followed */
  hosts: readonly string[]
  reach: Reach
  now: Date
}

export type Seen = Omit<LinkCheckResult, 'sub_mchid' | 'host' | 'checked_at'>

export async function inspectLink(link: URL, { reach }: Inspection): Promise<Seen> {
  const addresses = await reach.resolve(hostOf(link)).catch(() => [])
  const code = addresses.length === 0 ? 'NAME_NOT_FOUND' : addresses.every(reach.mayVisit) ? 'FINE' : 'ADDRESS_NOT_PUBLIC'
  const finding: LinkFinding = { part: 'address', code, severity: code === 'FINE' ? 'fine' : 'error', values: {} }
  return { verdict: finding.severity, findings: [finding], first_byte_ms: null, total_ms: null, certificate_valid_to: null }
}
