// Values from the contract's schemas, mostly right, and values that nobody sends by intention.
import fc from 'fast-check'

export type Schema = Record<string, unknown> & {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  $ref?: string
}

const oddTexts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '𠮷野家🍜👩‍👩‍👧',
  '\u202e反',
  "' or 1=1; drop table evidence; --",
  '\\',
  '%',
  '_%_',
  '${jndi:ldap://x}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '1e309',
  '９００００１',
  '134567890123456789',
  '１３４５ 6789 0123 456789',
  'x'.repeat(513),
  '长'.repeat(5_000),
  '2026-02-30T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '0000-01-01',
  '9999-12-31T23:59:59.999999999+14:00',
  '2026-11-23T24:00:00Z',
  '2026-11-23T10:00:60Z',
  '2026-11-23T10:00:00+99:99',
  '00000000-0000-0000-0000-000000000000',
]

const oddText = fc.oneof(
  fc.constantFrom('\u0000', 'ab\u0000cd', 'ab\ud800cd', '\udc00\ud800ab'),
  fc.constantFrom(...oddTexts),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
)

/** JSON values of every kind, text of an odd kind among them. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: oddText },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -1,
      1.5,
      1e308,
      2 ** 53,
      -0,
      [],
      {},
      [[]],
      [null],
      { kind: 'x' },
      { toString: 1 },
    ),
  },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constant(nested(400)) },
)

function nested(depth: number): unknown {
  let value: unknown = []
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { a: value }
  return value
}

/** How a schema's references and this world's own values are found, and whether anything odd is mixed in. */
export interface Source {
  resolve(ref: string): Schema
  /** values that mean something in this world, for texts of that field */
  words(field: string): readonly string[]
  odd: boolean
}

export function fromSchema(schema: Schema, source: Source, field = ''): fc.Arbitrary<unknown> {
  const right = fitting(schema, source, field)
  return source.odd ? fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: oddValue }) : right
}

function fitting(schema: Schema, source: Source, field: string): fc.Arbitrary<unknown> {
  if (schema.$ref) return fitting(source.resolve(schema.$ref), source, field)
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]))
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(branch => fitting(branch, source, field)))
  switch (schema.type) {
    case 'object':
      return object(schema, source)
    case 'array':
      return fc.array(fromSchema(schema.items ?? {}, source, field), {
        maxLength: Math.min(5, Number(schema.maxItems ?? 4)) + (source.odd ? 1 : 0),
      })
    case 'integer':
    case 'number': {
      const within = fc.integer({ min: Number(schema.minimum ?? -5), max: Number(schema.maximum ?? 200) })
      return source.odd ? fc.oneof(within, fc.integer(), fc.double()) : within
    }
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return text(schema, source, field)
  }
}

function object(schema: Schema, source: Source): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {}).map(([name, one]) => [name, fromSchema(one, source, name)] as const)
  const record = fc.record(Object.fromEntries(properties), { requiredKeys: schema.required ?? [] })
  if (!source.odd) return record
  const unasked = fc.record({ extra: oddValue })
  return fc.oneof(
    { weight: 8, arbitrary: record },
    { weight: 1, arbitrary: fc.tuple(record, unasked).map(([one, other]) => ({ ...one, ...other })) },
  )
}

function text(schema: Schema, { words, odd }: Source, field: string): fc.Arbitrary<string> {
  const known = words(field)
  const options: fc.WeightedArbitrary<string>[] = odd ? [{ weight: 2, arbitrary: oddText }] : []
  if (known.length > 0) options.push({ weight: 8, arbitrary: fc.constantFrom(...known) })
  if (schema.format === 'uuid') options.push({ weight: 4, arbitrary: fc.uuid() })
  else if (schema.format === 'date-time') options.push({ weight: 4, arbitrary: instant })
  else if (typeof schema.pattern === 'string') options.push({ weight: 1, arbitrary: fc.stringMatching(new RegExp(schema.pattern, 'u')) })
  else if (known.length === 0 || odd)
    options.push({ weight: 3, arbitrary: plainText(Number(schema.minLength ?? 0), Number(schema.maxLength ?? 60)) })
  return fc.oneof(...options)
}

const plainText = (minLength: number, most: number) => fc.string({ minLength, maxLength: Math.max(minLength, Math.min(60, most)) })

const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }).map(date => date.toISOString())
