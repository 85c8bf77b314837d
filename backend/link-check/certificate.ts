// What node found wrong with a server's certificate, as findings. Node never fetches a missing intermediate, so it refuses what a strict phone refuses.
import type { TLSSocket } from 'node:tls'
import { VisitFailed } from './failed.ts'
import type { LinkFindingCode } from './schema.ts'

const byReason: Readonly<Record<string, LinkFindingCode>> = {
  CERT_HAS_EXPIRED: 'CERTIFICATE_EXPIRED',
  CERT_NOT_YET_VALID: 'CERTIFICATE_NOT_YET_VALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'CERTIFICATE_OTHER_NAME',
  // the server sent its own certificate without the intermediates that lead to a root
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'CERTIFICATE_CHAIN_INCOMPLETE',
}

/** @returns undefined for a certificate that holds for this host */
export function certificateFault(socket: TLSSocket, host: string): VisitFailed | undefined {
  if (socket.authorized) return undefined
  // typed as an Error, in fact its code
  const reason = String((socket.authorizationError as { code?: string } | string | null) ?? '')
  return new VisitFailed(byReason[reason] ?? 'CERTIFICATE_UNTRUSTED', { host })
}

const day = 86_400_000
/** automatic renewals happen long before */
const soonDays = 14
/** longest life that Apple takes for certificates issued since 2020-09-01 (support.apple.com/102028) */
const longestDays = 398

/** @returns what a valid certificate still gives to say */
export function certificateRemarks(
  { validFrom, validTo }: { validFrom: Date; validTo: Date },
  now: Date,
): { code: LinkFindingCode; values: Record<string, number> }[] {
  const daysLeft = Math.floor((validTo.getTime() - now.getTime()) / day)
  const lives = Math.floor((validTo.getTime() - validFrom.getTime()) / day)
  return [
    ...(daysLeft < soonDays ? [{ code: 'CERTIFICATE_EXPIRES_SOON' as const, values: { days: Math.max(0, daysLeft) } }] : []),
    ...(lives > longestDays ? [{ code: 'CERTIFICATE_TOO_LONG_LIVED' as const, values: { days: lives, longest: longestDays } }] : []),
  ]
}
