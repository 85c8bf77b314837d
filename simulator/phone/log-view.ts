// What happened beside requests: pages, the app's console, errors.
import { make } from './elements.ts'
import { find } from './find.ts'
import { bilingual } from './language.ts'
import type { LogEntry } from './messages.ts'
import { clockTime } from './settings.ts'

const MOST = 300

export class LogView {
  private readonly list = find('log')
  private errors = 0

  constructor() {
    find('clear-log').onclick = () => {
      this.list.replaceChildren()
      this.errors = 0
      this.mark()
    }
  }

  add({ at, kind, text, status = '' }: LogEntry): void {
    const what = make('span', { className: 'status', textContent: status })
    if (kind === 'route') bilingual(what, '页面', 'page')
    else if (kind === 'error') bilingual(what, '错误', 'error')
    this.list.prepend(
      make(
        'li',
        {},
        make('time', { textContent: clockTime(at) }),
        make('span', { className: kind === 'error' ? 'path error' : 'path', textContent: text }),
        what,
      ),
    )
    while (this.list.childElementCount > MOST) this.list.lastElementChild!.remove()
    if (kind === 'error') this.errors++
    this.mark()
  }

  private mark(): void {
    find('tab-log').dataset['errors'] = this.errors > 0 ? String(this.errors) : ''
  }
}
