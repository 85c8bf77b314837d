// The template compiler counts names up (a, b, … B0, …) and does not leave out words that JavaScript reserves: a template with some hundred parts gets a
// variable `if`. Such names get a $ behind them. What the generated code writes as keywords stands elsewhere: `if(` after `;` or `{`, `in` between blanks.
import { Script } from 'node:vm'

const WORDS = 'if in do for new var let try'.split(' ')
const NAMES = new RegExp(
  `"(?:[^"\\\\\\n]|\\\\.)*"|'(?:[^'\\\\\\n]|\\\\.)*'|(?<=[,(=!&|?:{;[>+]|\\bvar )(?:${WORDS.join('|')})(?=[=,).[}?&|;<>!+])`,
  'g',
)

/** @param code an expression */
export function withoutReservedNames(code: string): string {
  if (parses(code)) return code
  const renamed = code.replace(NAMES, word => (WORDS.includes(word) ? `${word}$` : word))
  return parses(renamed) ? renamed : code
}

function parses(code: string): boolean {
  try {
    void new Script(`(${code})`)
    return true
  } catch {
    return false
  }
}
