import type { Deployment } from './facts.ts'

/** Set for node, the image or the other services, never read by the backend. */
const notOurs = ['NODE_ENV', 'NODE_OPTIONS']

export function unknownVariables(names: string[], { facts }: Deployment, file: string, line?: number): string[] {
  const asFiles = facts.secretVariables.map(name => `${name}_FILE`)
  const known = new Set([...facts.variables, ...asFiles, ...notOurs])
  return names.filter(name => !known.has(name)).map(name => `${file}${line ? `:${line}` : ''}: nothing reads ${name}`)
}
