// Failures of a statement that say nothing about the statement: the same request may come again.

/**
 * - lost: no connection, or it broke; of a commit it is not known whether it was made
 * - busy: a limit of time or number was reached, or two writers met; nothing was done
 * - full: a disk or memory, or a folder that cannot be written; nothing was done
 */
export type Unavailable = 'lost' | 'busy' | 'full'

/** PostgreSQL, appendix A: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const byCode: Readonly<Record<string, Unavailable>> = {
  '57P01': 'lost', // admin_shutdown
  '57P02': 'lost', // crash_shutdown
  '57P03': 'lost', // cannot_connect_now
  '57P04': 'lost', // database_dropped: somebody restores it
  '57P05': 'lost', // idle_session_timeout
  // a standby that is not yet, or no longer, the one that may be written
  '25006': 'lost', // read_only_sql_transaction
  // the login or the database is being changed under the running program
  '28000': 'lost', // invalid_authorization_specification
  '28P01': 'lost', // invalid_password
  '3D000': 'lost', // invalid_catalog_name
  '25P03': 'busy', // idle_in_transaction_session_timeout
  '25P04': 'busy', // transaction_timeout
  '40001': 'busy', // serialization_failure
  '40P01': 'busy', // deadlock_detected
  '53300': 'busy', // too_many_connections
  '55P03': 'busy', // lock_not_available
  '57014': 'busy', // query_canceled: statement_timeout
  '53000': 'full', // insufficient_resources
  '53100': 'full', // disk_full
  '53200': 'full', // out_of_memory
  '53400': 'full', // configuration_limit_exceeded
  '58000': 'full', // system_error
  '58030': 'full', // io_error
  ENOSPC: 'full',
  ENOMEM: 'full',
  // this process has as many files and connections open as it may
  EMFILE: 'busy',
  ENFILE: 'busy',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'full',
  // a volume that is not mounted, or comes with other rights or faults: somebody has to fix it, and the same request may come again
  EACCES: 'full',
  EIO: 'full',
  ENOTDIR: 'full',
  EPERM: 'full',
  EBUSY: 'full',
  // a network folder whose server was changed or is away
  ESTALE: 'full',
  ENODEV: 'full',
  ENXIO: 'full',
  EHOSTDOWN: 'lost',
  ECONNREFUSED: 'lost',
  ECONNRESET: 'lost',
  EHOSTUNREACH: 'lost',
  ENETUNREACH: 'lost',
  ENOTFOUND: 'lost',
  EAI_AGAIN: 'lost',
  EPIPE: 'lost',
  ECONNABORTED: 'lost',
  ENETDOWN: 'lost',
  ENETRESET: 'lost',
  ENOTCONN: 'lost',
  EADDRNOTAVAIL: 'lost',
  // the server's certificate ended or was changed
  CERT_HAS_EXPIRED: 'lost',
  CERT_NOT_YET_VALID: 'lost',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'lost',
  ERR_TLS_CERT_ALTNAME_INVALID: 'lost',
  SELF_SIGNED_CERT_IN_CHAIN: 'lost',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'lost',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'lost',
  ETIMEDOUT: 'lost',
  // the address of a server that is ending: its socket is gone
  ENOENT: 'lost',
}

/** Of pg and its pool, which give these no code. */
const byMessage: readonly (readonly [RegExp, Unavailable])[] = [
  [/^timeout exceeded when trying to connect/, 'busy'],
  [/^Connection terminated|^Client has encountered a connection error|^Client was closed|^timeout expired/, 'lost'],
  [/^The server does not support SSL connections|^There was an error establishing an SSL connection/, 'lost'],
  [/^Cannot use a pool after calling end|^driver has already been destroyed/, 'lost'],
]

/** @returns null for every other failure. Only for what comes from the database or a disk of ours. */
export function unavailable(error: unknown): Unavailable | null {
  if (typeof error !== 'object' || error === null) return null
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (typeof code === 'string') {
    if (code.startsWith('08')) return 'lost'
    const known = byCode[code]
    if (known && (code !== 'ENOENT' || (error as NodeJS.ErrnoException).syscall === 'connect')) return known
  }
  return byMessage.find(([pattern]) => pattern.test(String(message)))?.[1] ?? null
}
