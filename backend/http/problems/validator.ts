// Schemas to validators. A union told apart by `kind` is judged by the branch that the sender meant, so that errors name its own fields.
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'

interface KindBranch extends TSchema {
  properties: { kind: { const: string } }
}

export const validatorCompiler: FastifySchemaCompiler<TSchema> = route => {
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
    return { error: [{ ...finding, instancePath: kind === undefined ? '' : '/kind', schemaPath: '#', message }] as unknown as Error }
  }
}

function kindBranches(schema: TSchema): KindBranch[] | null {
  const { anyOf } = schema as { anyOf?: Partial<KindBranch>[] }
  return anyOf?.every(branch => branch.properties?.kind?.const !== undefined) ? (anyOf as KindBranch[]) : null
}
