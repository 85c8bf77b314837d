import type { Diagnostic } from '../runtime/contract.ts'

/** `file:line:column: error: message`, as terminals and editors make links of. */
export const formatDiagnostic = ({ severity, file, line, column, message }: Diagnostic) =>
  `${file}:${line}:${column}: ${severity}: ${message}`
