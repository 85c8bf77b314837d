import { domOf } from './backend.ts'
import type { Page } from './page.ts'

/** wx.pageScrollTo: to a position or to an element of the page. */
export function scrollPageTo(
  page: Page | undefined,
  options: { scrollTop?: number; selector?: string; duration?: number; offsetTop?: number },
): Promise<void> {
  if (!page) return Promise.reject(new Error('pageScrollTo:fail no page'))
  const { container } = page
  let top = options.scrollTop ?? 0
  if (options.selector) {
    const found = page.component.getShadowRoot()?.querySelector(options.selector)
    const dom = found && domOf(found)
    if (!dom) return Promise.reject(new Error(`pageScrollTo:fail "${options.selector}" is not found`))
    top = container.scrollTop + dom.getBoundingClientRect().top - container.getBoundingClientRect().top + (options.offsetTop ?? 0)
  }
  const { duration = 300 } = options
  container.scrollTo({ top, behavior: duration > 0 ? 'smooth' : 'instant' })
  const wanted = Math.max(0, Math.min(top, container.scrollHeight - container.clientHeight))
  if (Math.abs(container.scrollTop - wanted) < 1) return Promise.resolve()
  return new Promise(resolve => {
    container.addEventListener('scrollend', () => resolve(), { once: true })
    // a page that is hidden or closed under way scrolls no more and tells nothing
    setTimeout(resolve, Math.max(duration, 300) + 700)
  })
}
