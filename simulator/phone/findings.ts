// What the build found: errors stand on the phone instead of the app, warnings are counted and listed in the panel.
import type { Diagnostic } from '../runtime/contract.ts'
import { bilingual } from './language.ts'
import { find } from './find.ts'

/** more would only make the page slow; the terminal has them all */
const MOST_LISTED = 200

/** @returns whether the app runs */
export function showDiagnostics(diagnostics: Diagnostic[]): boolean {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  showErrors(errors)
  showWarnings(diagnostics.filter(({ severity }) => severity === 'warning'))
  return errors.length === 0
}

function showErrors(errors: Diagnostic[]): void {
  const box = find('diagnostics')
  box.hidden = errors.length === 0
  const title = document.createElement('h2')
  bilingual(title, `有 ${errors.length} 处错误，小程序没有启动`, `The app did not start: errors ${errors.length}`)
  box.replaceChildren(title, ...errors.slice(0, MOST_LISTED).map(error => entry('p', error)))
}

function showWarnings(warnings: Diagnostic[]): void {
  find('warnings').hidden = warnings.length === 0
  bilingual(find('warnings-title'), `编译提醒 ${warnings.length} 处`, `Build warnings: ${warnings.length}`)
  find('warning-list').replaceChildren(...warnings.slice(0, MOST_LISTED).map(warning => entry('li', warning)))
}

function entry(tag: 'p' | 'li', { file, line, column, message }: Diagnostic): HTMLElement {
  const made = document.createElement(tag)
  const place = document.createElement('code')
  place.textContent = `${file}:${line}:${column}`
  made.append(place, message)
  return made
}
