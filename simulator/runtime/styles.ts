// The app's compiled style sheets in the frame's document. Page styles apply to the page on top only, as each page has a document of its own in WeChat.
import { SCOPE_MARK } from './style-marks.ts'

interface Sheet {
  element: HTMLStyleElement
  css: string
  scope: string
}

const SCHEME = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/g

export class StyleSheets {
  readonly #sheets = new Map<string, Sheet>()
  readonly #pages = new Set<string>()
  #theme: 'light' | 'dark' = 'light'
  #top = ''
  readonly #ends: Record<'app' | 'component' | 'page', Comment>

  constructor() {
    const mark = (name: string) => document.head.appendChild(document.createComment(name))
    this.#ends = { app: mark('app.wxss'), component: mark('components'), page: mark('pages') }
  }

  /** @param scope prefix of class names, '' for pages and shared styles */
  add(path: string, css: string, kind: 'app' | 'component' | 'page', scope: string): void {
    if (!css || this.#sheets.has(path)) return
    const element = document.createElement('style')
    element.dataset['path'] = path
    this.#sheets.set(path, { element, css, scope })
    if (kind === 'page') this.#pages.add(path)
    this.#write(path)
    document.head.insertBefore(element, this.#ends[kind])
  }

  /** Of all page styles only this page's stay in force. */
  setTopPage(path: string): void {
    this.#top = path
    for (const page of this.#pages) this.#sheets.get(page)!.element.media = page === path ? 'all' : 'not all'
  }

  setTheme(theme: 'light' | 'dark'): void {
    if (theme === this.#theme) return
    this.#theme = theme
    for (const [path, { css }] of this.#sheets) if (css.includes('prefers-color-scheme')) this.#write(path)
  }

  #write(path: string): void {
    const { element, css, scope } = this.#sheets.get(path)!
    const scoped = css.replaceAll(SCOPE_MARK, scope ? `${scope}--` : '')
    element.textContent = scoped.replace(SCHEME, (_, scheme: string) => (scheme === this.#theme ? '(min-width: 0px)' : '(max-width: 0px)'))
    if (this.#pages.has(path)) element.media = path === this.#top ? 'all' : 'not all'
  }
}
