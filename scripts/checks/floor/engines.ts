// What an engine at the floor can, asked of @mdn/browser-compat-data.
import { createRequire } from 'node:module'
import type { CompatData, Identifier, SimpleSupportStatement, VersionValue } from '@mdn/browser-compat-data'
import { ENGINE_NAMES, ENGINES } from './table.ts'

// as JSON it is 20 MB: required, it is read once and only by these checks
const compat = createRequire(import.meta.url)('@mdn/browser-compat-data') as CompatData

/** @returns negative when the first version is older, 0 when both are the same */
export function compareVersions(one: string, other: string): number {
  const [first, second] = [one, other].map(version => version.replace('≤', '').split('.').map(Number))
  for (let index = 0; index < Math.max(first!.length, second!.length); index += 1) {
    const difference = (first![index] ?? 0) - (second![index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

const isVersion = (value: VersionValue | undefined): value is string => typeof value === 'string' && /^≤?\d/.test(value)

/** @param prefixed whether a prefixed form counts: WeChat's tools prefix WXSS (`postcss`) and nothing else */
function isIn(
  { version_added, version_removed, flags, prefix, alternative_name }: SimpleSupportStatement,
  floor: string,
  prefixed: boolean,
): boolean {
  if (flags || alternative_name || (prefix && !prefixed) || !isVersion(version_added)) return false
  return compareVersions(version_added, floor) <= 0 && !(isVersion(version_removed) && compareVersions(version_removed, floor) <= 0)
}

/** @returns `iOS 12 (from 16.4)` for each engine that lacks the feature; empty when all have it, or when the data does not say */
export function lackingIn(feature: Identifier | undefined, { prefixed = false } = {}): string {
  const support = feature?.__compat?.support
  if (!support) return ''
  return (Object.keys(ENGINES) as (keyof typeof ENGINES)[])
    .flatMap(engine => {
      const statements = [support[engine] ?? []].flat() as SimpleSupportStatement[]
      if (statements.length === 0 || statements.some(statement => isIn(statement, ENGINES[engine], prefixed))) return []
      const from = statements.map(({ version_added }) => version_added).find(isVersion)
      return [`${ENGINE_NAMES[engine]} ${ENGINES[engine]} (${from ? `from ${from}` : 'never'})`]
    })
    .join(', ')
}

export const at = (path: string): Identifier | undefined =>
  path.split('.').reduce<Identifier | undefined>((node, key) => node?.[key], compat as unknown as Identifier)
