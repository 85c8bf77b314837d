// "Try this": the compile conditions of the project as buttons, a few at first.
import { inEachLanguage, say } from './language.ts'
import type { ProjectFacts } from './messages.ts'
import { find } from './find.ts'

const AT_FIRST = 6

/** @param open gets the path with its query */
export function showHints(conditions: ProjectFacts['conditions'], open: (entry: string) => void): void {
  find('hints').hidden = conditions.length === 0
  const button = (text: string, press: () => void) => {
    const made = document.createElement('button')
    made.type = 'button'
    made.textContent = text
    made.onclick = press
    return made
  }
  const hints = conditions.map(({ name, path, query }) => button(name, () => open(path + (query ? `?${query}` : ''))))
  const rest = hints.slice(AT_FIRST)
  const more = button('', () => {
    more.replaceWith(...rest)
    rest[0]?.focus()
  })
  more.className = 'quiet'
  inEachLanguage(() => (more.textContent = say(`还有 ${rest.length} 项`, `${rest.length} more`)))
  find('hint-list').replaceChildren(...hints.slice(0, AT_FIRST), ...(rest.length > 0 ? [more] : []))
}
