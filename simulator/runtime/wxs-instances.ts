// What WXS event handlers and `change:` listeners get of an element: https://developers.weixin.qq.com/miniprogram/dev/framework/view/interactive-animation.html
import * as glassEasel from 'glass-easel'
import { domOf } from './backend.ts'
import { convertLengths } from './lengths.ts'
import type { Crossing } from './realm/crossing.ts'

/** WeChat calls it ComponentDescriptor. */
export interface WxsInstance {
  selectComponent(selector: string): WxsInstance | null
  selectAllComponents(selector: string): WxsInstance[]
  setStyle(style: string | Record<string, string | number>): WxsInstance
  addClass(names: string): WxsInstance
  removeClass(names: string): WxsInstance
  hasClass(name: string): boolean
  getDataset(): Record<string, unknown>
  callMethod(name: string, args?: unknown): void
  requestAnimationFrame(callback: (time: number) => void): number
  cancelAnimationFrame(id: number): void
  setTimeout(callback: () => void, delay?: number): number
  clearTimeout(id: number): void
  getState(): Record<string, unknown>
  triggerEvent(name: string, detail?: unknown, options?: object): void
  getComputedStyle(names: string[]): Record<string, string>
  getBoundingClientRect(): Record<string, number>
}

/** Places among the framework's style segments that templates do not use. */
const STYLE_SEGMENT = 2
const CLASS_SEGMENT = 1
const instances = new WeakMap<glassEasel.Element, WxsInstance>()

/** Listeners of a template have a path: data (0), a script or an inline script. */
export const isOfWxs = (path: unknown[] | null | undefined): boolean => Boolean(path) && path![0] !== 0

type ChangeListener = (value: unknown, before: unknown, host: glassEasel.Element, element: glassEasel.Element) => unknown

/** `change:prop` gets the new value, the old one, the component that owns the template, and the element; the first time once all of them are drawn. */
export function changeListenerFilter(crossing: Crossing) {
  const waiting = new WeakSet<glassEasel.Element>()
  return (listener: (...values: unknown[]) => unknown, path?: unknown[] | null): ChangeListener => {
    if (typeof listener !== 'function' || !isOfWxs(path)) return listener
    return (value, before, host, element) => {
      const tell = () => listener(value, before, instanceOf(host, crossing), instanceOf(element, crossing))
      if (glassEasel.Element.isAttached(element) && !waiting.has(element)) return tell()
      waiting.add(element)
      queueMicrotask(() => {
        waiting.delete(element)
        glassEasel.safeCallback('change: listener of WXS', tell, undefined, [], host as glassEasel.GeneralComponent)
      })
      return undefined
    }
  }
}

export function instanceOf(element: glassEasel.Element, crossing: Crossing): WxsInstance {
  const known = instances.get(element)
  if (known) return known
  const made = { ...finding(element, crossing), ...looks(element), ...acting(element, crossing) } as WxsInstance
  for (const name of ['setStyle', 'addClass', 'removeClass'] as const) {
    const change = made[name] as (value: never) => void
    made[name] = (value: never) => {
      change(value)
      return made
    }
  }
  instances.set(element, made)
  return made
}

/** The component whose own template is meant: of a page or component the element itself, of anything else the one that it stands in. */
function ownerOf(element: glassEasel.Element): glassEasel.GeneralComponent {
  const own = element.asGeneralComponent()
  return own && !own.is.startsWith('wx://') ? own : element.ownerShadowRoot!.getHostNode()
}

function finding(element: glassEasel.Element, crossing: Crossing): Partial<WxsInstance> {
  const root = () => ownerOf(element).getShadowRoot()
  return {
    selectComponent: selector => {
      const found = root()?.querySelector(selector)
      return found ? instanceOf(found, crossing) : null
    },
    selectAllComponents: selector => (root()?.querySelectorAll(selector) ?? []).map(found => instanceOf(found, crossing)),
    getDataset: () => ({ ...element.dataset }),
    getComputedStyle: names => {
      const dom = domOf(element)
      const style = dom && getComputedStyle(dom)
      return Object.fromEntries(names.map(name => [name, style?.getPropertyValue(hyphenated(name)) ?? '']))
    },
    getBoundingClientRect: () => {
      const { left, top, right, bottom, width, height } = domOf(element)?.getBoundingClientRect() ?? new DOMRect()
      return { left, top, right, bottom, width, height }
    },
  }
}

const hyphenated = (name: string) => name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

function looks(element: glassEasel.Element): Record<string, (value: never) => unknown> {
  const words = (names: string) => String(names).split(/\s+/).filter(Boolean)
  return {
    setStyle: (style: string | Record<string, string | number>) => {
      const text =
        typeof style === 'string'
          ? style
          : Object.entries(style)
              .map(([name, value]) => `${hyphenated(name)}:${value}`)
              .join(';')
      element.setNodeStyle(convertLengths(text), STYLE_SEGMENT)
    },
    addClass: (names: string) => words(names).forEach(name => element.toggleNodeClass(name, true, CLASS_SEGMENT)),
    removeClass: (names: string) =>
      words(names).forEach(name => {
        for (const segment of [0, CLASS_SEGMENT]) element.toggleNodeClass(name, false, segment)
      }),
    hasClass: (name: string) => [0, CLASS_SEGMENT].some(segment => element.classList?.contains(name, segment) === true),
  }
}

function acting(element: glassEasel.Element, { toApp }: Crossing): Partial<WxsInstance> {
  const state: Record<string, unknown> = {}
  return {
    getState: () => state,
    callMethod: (name, args) => {
      const owner = ownerOf(element)
      const method = glassEasel.Component.getMethod(owner, name)
      if (!method) throw new Error(`callMethod: ${owner.is} has no method "${name}"`)
      glassEasel.safeCallback(`callMethod ${name}`, method, owner.getMethodCaller(), [toApp(args)] as never[], owner)
    },
    triggerEvent: (name, detail, options) => element.triggerEvent(name, detail ?? {}, options ?? {}),
    requestAnimationFrame: callback => requestAnimationFrame(callback),
    cancelAnimationFrame: id => cancelAnimationFrame(id),
    setTimeout: (callback, delay) => window.setTimeout(callback, delay),
    clearTimeout: id => clearTimeout(id),
  }
}
