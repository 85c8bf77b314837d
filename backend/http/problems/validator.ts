// Schemas to validators. A union told apart by `kind` is judged by the branch that the sender meant, so that errors name its own fields.
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import Format from 'typebox/format'

/** A moment as RFC 3339 writes it, of a day that there is. A leap second is one by its letter and none for JavaScript. */
export const isInstant = (text: string): boolean => Format.IsDateTime(text) && !Number.isNaN(Date.parse(text))

// a day of the year 0 is one by the letter and none for PostgreSQL
Format.Set('date-time', isInstant)
Format.Set('date', text => Format.IsDate(text) && !text.startsWith('0000'))

interface KindBranch extends TSchema {
  properties: { kind: { const: string } }
}

export const validatorCompiler: FastifySchemaCompiler<TSchema> = route => {
  const integers = route.httpPart === 'body' ? [] : integersOf(route.schema)
  if (integers.length === 0) return byBranch(route)
  const validate = byBranch(route)
  return (value: unknown) => {
    const odd = integers.find(name => isOddInteger((value as Record<string, unknown>)[name]))
    return odd === undefined ? validate(value) : failure({ keyword: 'type', params: { type: 'integer' } }, `/${odd}`, 'must be an integer')
  }
}

/** Path, query and headers hold texts: "true", "0x10", "1e1" and " 5" are converted to numbers that nobody meant. */
const isOddInteger = (value: unknown): boolean => typeof value === 'string' && !/^-?\d{1,15}$/.test(value)

const integersOf = (schema: TSchema): string[] =>
  Object.entries((schema as { properties?: Record<string, { type?: string }> }).properties ?? {})
    .filter(([, { type }]) => type === 'integer' || type === 'number')
    .map(([name]) => name)

const failure = (finding: object, instancePath: string, message: string) => ({
  error: [{ ...finding, instancePath, schemaPath: '#', message }] as unknown as Error,
})

const byBranch: FastifySchemaCompiler<TSchema> = route => {
  const branches = kindBranches(route.schema)
  if (!branches) return TypeBoxValidatorCompiler(route)
  const validators = new Map(branches.map(schema => [schema.properties.kind.const, TypeBoxValidatorCompiler({ ...route, schema })]))
  return (value: unknown) => {
    const kind = (value as { kind?: unknown } | null | undefined)?.kind
    // not String(kind): an object may bring a toString that throws
    const validate = typeof kind === 'string' ? validators.get(kind) : undefined
    if (validate) return validate(value)
    const finding = kind === undefined ? { keyword: 'required', params: { requiredProperties: ['kind'] } } : { keyword: 'enum', params: {} }
    const message = `must be one of ${[...validators.keys()].join(', ')}`
    return failure(finding, kind === undefined ? '' : '/kind', message)
  }
}

function kindBranches(schema: TSchema): KindBranch[] | null {
  const { anyOf } = schema as { anyOf?: Partial<KindBranch>[] }
  return anyOf?.every(branch => branch.properties?.kind?.const !== undefined) ? (anyOf as KindBranch[]) : null
}
