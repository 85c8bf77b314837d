// Errors as they may stand in a log. What a database says beside its message holds the row at fault: openids, hashes, names. And the message of a
// "data exception" repeats the value that was wrong.
import { pino, type SerializedError } from 'pino'

/** PostgreSQL, appendix A: SQLSTATE class 22, data exception */
const dataException = /^22[0-9A-Z]{3}$/
/** what names a place in our own schema, and nothing that somebody sent */
const harmless = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const

interface DatabaseFault extends Error {
  severity: string
  code: string
}

const isDatabaseFault = (error: Error): error is DatabaseFault =>
  'severity' in error && typeof error.severity === 'string' && 'code' in error && typeof error.code === 'string'

/** The serializer for `err`. @returns other errors as pino writes them */
export function loggableError(error: Error): SerializedError | object {
  if (!(error instanceof Error)) return error
  const fault = databaseFaultIn(error)
  if (!fault) return pino.stdSerializers.err(error)
  const message = dataException.test(fault.code) ? fault.message.replace(/: [\s\S]*$/, ': …') : fault.message
  const named = Object.fromEntries(harmless.flatMap(name => (name in fault ? [[name, fault[name as keyof DatabaseFault]]] : [])))
  return { type: fault.constructor.name, message, ...named, stack: framesOf(error) }
}

/** Itself, or what it was thrown because of. */
function databaseFaultIn(error: Error): DatabaseFault | undefined {
  if (isDatabaseFault(error)) return error
  const inner = error instanceof AggregateError ? error.errors : [error.cause]
  for (const one of inner) {
    const fault = one instanceof Error ? databaseFaultIn(one) : undefined
    if (fault) return fault
  }
  return undefined
}

/** where it happened, without the message that a stack begins with */
const framesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .join('\n')
