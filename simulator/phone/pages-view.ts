// The page stack, the page on top first, with what each keeps in its data.
import type { PageHandle, Runtime } from '../runtime/contract.ts'
import { jsonLines, make } from './elements.ts'
import { find } from './find.ts'

/** ms between two looks at data that is in sight */
const LOOK_EVERY = 500

export const addressOf = ({ path, query }: Pick<PageHandle, 'path' | 'query'>): string => {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  return path + (pairs.length > 0 ? `?${pairs.join('&')}` : '')
}

export class PagesView {
  private readonly list = find('page-list')
  private runtime: Runtime | undefined
  private timer: ReturnType<typeof setInterval> | undefined

  show(runtime: Runtime): void {
    this.runtime = runtime
    runtime.events.on('route', () => this.runtime === runtime && this.draw())
  }

  setOpen(open: boolean): void {
    clearInterval(this.timer)
    if (!open) return
    this.draw()
    this.timer = setInterval(() => this.refresh(), LOOK_EVERY)
  }

  private draw(): void {
    const shown = new Set([...this.list.querySelectorAll('details[open]')].map(details => (details as HTMLElement).dataset['page']))
    const stack = this.runtime?.pageStack() ?? []
    this.list.replaceChildren(
      ...stack.toReversed().map(page => {
        const details = make(
          'details',
          {},
          make('summary', {}, make('span', { className: 'path', textContent: addressOf(page) })),
          make('pre', { tabIndex: 0 }),
        )
        details.dataset['page'] = String(page.pageId)
        details.open = shown.has(details.dataset['page'])
        details.ontoggle = () => this.refresh()
        return details
      }),
    )
    this.refresh()
  }

  private refresh(): void {
    for (const details of this.list.querySelectorAll<HTMLDetailsElement>('details[open]')) {
      const page = this.runtime?.page(Number(details.dataset['page']))
      const box = details.querySelector('pre')!
      const text = page ? jsonLines(page.instance.data) : ''
      if (box.textContent !== text) box.textContent = text
    }
  }
}
