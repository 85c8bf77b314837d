// Elements as the protocol names them. An id means the same node for ever and is never used again, not even after a reload (`generation`).
import type * as glassEasel from 'glass-easel'
import { domOf } from '../runtime/backend.ts'

export interface ElementHandle {
  elementId: string
  tagName: string
  nodeId?: string
}

export const tagOf = (element: glassEasel.Element): string => {
  const component = element.asGeneralComponent()
  const name = component?.tagName ?? element.asNativeNode()?.is ?? ''
  return name.replace(/^wx-/, '')
}

/** A component that the app (or one of its packages) defines, as opposed to one of WeChat's own. */
export function customComponent(element: glassEasel.Element): glassEasel.GeneralComponent | null {
  const component = element.asGeneralComponent()
  return component && !component.is.startsWith('wx://') ? component : null
}

/** The DOM element that shows a node; for one without (a virtual host) the first inside it. */
export function shownBy(element: glassEasel.Element): HTMLElement {
  const own = domOf(element)
  if (own instanceof HTMLElement) return own
  let found: HTMLElement | undefined
  element.forEachNonVirtualComposedChild(child => {
    const dom = child.asElement() && domOf(child.asElement()!)
    if (dom instanceof HTMLElement) found = dom
    return found === undefined
  })
  if (!found) throw new Error('the element is not drawn')
  return found
}

export class Handles {
  private readonly ids = new WeakMap<glassEasel.Element, string>()
  private readonly elements = new Map<string, WeakRef<glassEasel.Element>>()
  private count = 0

  constructor(private readonly generation: number) {}

  of(element: glassEasel.Element): ElementHandle {
    let elementId = this.ids.get(element)
    if (!elementId) {
      elementId = `${this.generation}.${++this.count}`
      this.ids.set(element, elementId)
      this.elements.set(elementId, new WeakRef(element))
    }
    return { elementId, tagName: tagOf(element), ...(customComponent(element) ? { nodeId: `node-${elementId}` } : {}) }
  }

  /** @throws Error if the element is gone */
  element(elementId: unknown): glassEasel.Element {
    const element = this.elements.get(String(elementId))?.deref()
    if (!element) throw new Error('no such element')
    const dom = domOf(element)
    if (dom instanceof Node && !dom.isConnected) throw new Error('the element is destroyed')
    return element
  }

  pageId(own: number): number {
    return this.generation * 100_000 + own
  }

  ownPageId(pageId: unknown): number {
    return Math.floor(Number(pageId) / 100_000) === this.generation ? Number(pageId) % 100_000 : -1
  }
}
