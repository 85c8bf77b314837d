// Pull-down refresh: the three dots above the page and the page's onPullDownRefresh.
import type { Page } from './page.ts'

const HEIGHT = 50

export class PullDown {
  readonly #top: () => Page | undefined

  constructor(top: () => Page | undefined) {
    this.#top = top
  }

  /** True when a drag downwards at the page's very top would pull. */
  get possible(): boolean {
    const page = this.#top()
    return Boolean(page && !page.pullingDown && page.config.enablePullDownRefresh && page.container.scrollTop <= 0)
  }

  /** While the finger moves. */
  drag(distance: number): void {
    const page = this.#top()
    if (page) this.#move(page, Math.min(Math.max(0, distance / 2), HEIGHT * 1.5), false)
  }

  /** The finger is gone. */
  drop(distance: number): void {
    if (distance / 2 >= HEIGHT) this.start()
    else this.stop()
  }

  start(): void {
    const page = this.#top()
    if (!page || page.pullingDown) return
    page.pullingDown = true
    this.#move(page, HEIGHT, true)
    page.call('onPullDownRefresh')
  }

  stop(): void {
    const page = this.#top()
    if (!page) return
    page.pullingDown = false
    this.#move(page, 0, true)
  }

  #move(page: Page, height: number, animated: boolean): void {
    let dots = page.frame.querySelector<HTMLElement>(':scope > .mp-pull-down')
    if (!dots) {
      dots = document.createElement('div')
      dots.className = 'mp-pull-down'
      dots.append(...[0, 1, 2].map(() => document.createElement('i')))
      page.frame.prepend(dots)
    }
    dots.dataset['style'] = page.config.backgroundTextStyle ?? 'dark'
    dots.style.transition = animated ? 'height .2s' : 'none'
    dots.style.height = `${height}px`
  }
}
