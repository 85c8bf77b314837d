// The tables in simulator/README.md, made from its code: components with attributes and events, and wx methods.
// `tsx scripts/simulator-tables/main.ts` writes them; a test fails when they are not what the code is.
import { readFileSync } from 'node:fs'
import { BUILTINS, LACKING_TAGS } from '../../simulator/builtins/attributes.ts'
import { WECHAT_METHODS } from '../../simulator/wx/wechat-methods.ts'
import { format, resolveConfig } from 'prettier'
import { eventsOfBuiltins } from './events.ts'

export const README = 'simulator/README.md'
const BEGIN = '<!-- made from the code by scripts/simulator-tables: begin -->'
const END = '<!-- end -->'

const code = (names: Iterable<string>) => [...names].toSorted().join(' ') || '–'

/** sent from outside the built-ins: phone/keyboard.ts */
const FROM_KEYBOARD = new Map([
  ['input', ['keyboardheightchange']],
  ['textarea', ['keyboardheightchange']],
])

async function components(): Promise<string> {
  const events = await eventsOfBuiltins()
  const rows = Object.entries(BUILTINS).map(
    ([tag, { attributes, lacking }]) =>
      `| ${tag} | ${code(attributes)} | ${code([...(events.get(tag) ?? []), ...(FROM_KEYBOARD.get(tag) ?? [])])} | ${code(lacking)} |`,
  )
  return `| component | attributes | own events | attributes without effect |
| --- | --- | --- | --- |
${rows.join('\n')}

Boxes with their name, or only their children: ${code(LACKING_TAGS)}.`
}

/** @param supported own names of the wx object */
function methods(supported: readonly string[]): string {
  const has = new Set(supported)
  const lacking = WECHAT_METHODS.filter(name => !has.has(name))
  return `Played (${has.size}): ${code(has)}.

Lacking (${lacking.length}), they fail by name: ${code(lacking)}.`
}

/** The README as it is, and as it should be. */
export async function readmeWithTables(supported: readonly string[]): Promise<{ now: string; wanted: string }> {
  const now = readFileSync(README, 'utf8')
  const [before, rest] = now.split(BEGIN)
  const [, after] = rest?.split(END) ?? []
  if (before === undefined || after === undefined) throw new Error(`${README} has no place for the tables: ${BEGIN} … ${END}`)
  const made = `${before}${BEGIN}\n\n### Components\n\n${await components()}\n\n### wx\n\n${methods(supported)}\n\n${END}${after}`
  return { now, wanted: await format(made, { ...(await resolveConfig(README)), parser: 'markdown' }) }
}
