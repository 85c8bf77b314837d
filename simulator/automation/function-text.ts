// Functions arrive as text. DevTools does not evaluate the text but takes it apart; the same is done here, so that what works here works there:
// no closures, no default values and no destructuring in parameters, and an arrow with an expression must not end in `}`.

import type { Runtime } from '../runtime/contract.ts'

export function takeApart(text: string): { isAsync: boolean; parameters: string[]; body: string } {
  const trimmed = text.trim()
  const arrow = trimmed.indexOf('=>')
  const open = trimmed.indexOf('(')
  const inBrackets = open >= 0 && (arrow < 0 || open < arrow)
  const head = inBrackets ? trimmed.slice(open + 1, trimmed.indexOf(')')) : trimmed.slice(0, arrow).replace(/^async\s+/, '')
  const parameters = head
    .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    .split(',')
    .map(name => name.trim())
    .filter(Boolean)
  const body = trimmed.endsWith('}')
    ? trimmed.slice(trimmed.indexOf('{') + 1, trimmed.lastIndexOf('}'))
    : `return ${trimmed.slice(arrow + 2)}`
  return { isAsync: /^async\b/.test(trimmed), parameters, body }
}

/** Makes the function in the app's realm, with the app's globals (wx, getApp, getCurrentPages …) in sight. */
export function functionFrom(text: string, { compile }: Pick<Runtime, 'compile'>): (this: unknown, ...values: unknown[]) => unknown {
  const { isAsync, parameters, body } = takeApart(text)
  return compile(parameters, body, isAsync)
}
