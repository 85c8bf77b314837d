// wx.createIntersectionObserver on the browser's own observer. The page's scroll box is the viewport.
import type * as glassEasel from 'glass-easel'
import { domOf } from './backend.ts'

export interface IntersectionOptions {
  thresholds?: number[]
  initialRatio?: number
  observeAll?: boolean
}

interface Margins {
  left?: number
  right?: number
  top?: number
  bottom?: number
}

export class PageIntersectionObserver {
  readonly #component: () => glassEasel.GeneralComponent | undefined
  readonly #scroller: () => HTMLElement | undefined
  readonly #options: IntersectionOptions
  #relative: { selector: string | null; margins: Margins } | undefined
  #observer: globalThis.IntersectionObserver | undefined

  constructor(
    component: () => glassEasel.GeneralComponent | undefined,
    scroller: () => HTMLElement | undefined,
    options: IntersectionOptions = {},
  ) {
    this.#component = component
    this.#scroller = scroller
    this.#options = options
  }

  relativeTo(selector: string, margins: Margins = {}): this {
    this.#relative = { selector, margins }
    return this
  }

  relativeToViewport(margins: Margins = {}): this {
    this.#relative = { selector: null, margins }
    return this
  }

  observe(selector: string, callback: (status: object) => void): void {
    if (!this.#relative) throw new Error('IntersectionObserver.observe: call relativeTo or relativeToViewport first')
    const shadow = this.#component()?.getShadowRoot()
    const found = this.#options.observeAll ? shadow?.querySelectorAll(selector) : [shadow?.querySelector(selector)]
    const targets = (found ?? []).filter((element): element is glassEasel.Element => Boolean(element))
    const { selector: rootSelector, margins } = this.#relative
    const root = rootSelector === null ? this.#scroller() : domOf(shadow?.querySelector(rootSelector) as glassEasel.Element)
    const { thresholds = [0], initialRatio = 0 } = this.#options
    const byDom = new Map(targets.map(element => [domOf(element) as Element, element]))
    const ratios = new Map<Element, number>()
    this.#observer?.disconnect()
    this.#observer = new IntersectionObserver(
      entries => {
        for (const entry of entries) {
          const before = ratios.get(entry.target) ?? initialRatio
          ratios.set(entry.target, entry.intersectionRatio)
          const first = !entry.isIntersecting && entry.intersectionRatio === before
          if (first) continue
          const element = byDom.get(entry.target)
          callback({
            id: element?.id ?? '',
            dataset: { ...element?.dataset },
            intersectionRatio: entry.intersectionRatio,
            intersectionRect: rect(entry.intersectionRect),
            boundingClientRect: rect(entry.boundingClientRect),
            relativeRect: rect(entry.rootBounds ?? new DOMRectReadOnly()),
            time: Date.now(),
          })
        }
      },
      {
        root: root ?? null,
        rootMargin: [margins.top, margins.right, margins.bottom, margins.left].map(length => `${length ?? 0}px`).join(' '),
        threshold: thresholds,
      },
    )
    for (const dom of byDom.keys()) if (dom) this.#observer.observe(dom)
  }

  disconnect(): void {
    this.#observer?.disconnect()
  }
}

const rect = ({ left, top, right, bottom, width, height }: DOMRectReadOnly) => ({ left, top, right, bottom, width, height })
