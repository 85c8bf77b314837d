// Regular expressions: down-levelling cannot express what an engine's own parser does not know, and one such literal stops the whole file.
import { RegExpParser, visitRegExpAST } from '@eslint-community/regexpp'
import { at, lackingIn } from './engines.ts'

const FLAGS: Record<string, string> = { d: 'hasIndices', s: 'dotAll', u: 'unicode', v: 'unicodeSets', y: 'sticky' }

/**
 * @param flags undefined when they are not known: an expression made of a string
 * @returns what the floor lacks in it
 */
export function lackingInExpression(pattern: string, flags = ''): string[] {
  const found = new Map<string, string>()
  const need = (what: string, feature: string) => {
    const lacking = lackingIn(at(feature))
    if (lacking) found.set(what, lacking)
  }
  for (const flag of flags) if (FLAGS[flag]) need(`flag ${flag}`, `javascript.builtins.RegExp.${FLAGS[flag]}`)
  const mode = { unicode: flags.includes('u'), unicodeSets: flags.includes('v') }
  const parse = (ecmaVersion: 2018 | 2025) => new RegExpParser({ ecmaVersion }).parsePattern(pattern, 0, pattern.length, mode)
  let tree
  try {
    tree = parse(2025)
  } catch (error) {
    return [`/${pattern}/: ${(error as Error).message}`]
  }
  visitRegExpAST(tree, {
    onAssertionEnter: ({ kind }) => {
      if (kind === 'lookbehind') need('look-behind', 'javascript.regular_expressions.lookbehind_assertion')
    },
    onCapturingGroupEnter: ({ name }) => {
      if (name !== null) need('named group', 'javascript.regular_expressions.named_capturing_group')
    },
    onModifiersEnter: () => need('modifiers', 'javascript.regular_expressions.modifier'),
    onCharacterSetEnter: ({ kind }) => {
      if (kind === 'property') need('unicode property', 'javascript.regular_expressions.unicode_character_class_escape')
    },
  })
  // newer scripts, properties and duplicate names have no entry of their own: the grammar of the floor's year refuses them
  if (found.size === 0)
    try {
      parse(2018)
    } catch (error) {
      found.set((error as Error).message, 'newer than ES2018')
    }
  return [...found].map(([what, lacking]) => `${what} in /${pattern}/: ${lacking}`)
}
