// What `this` of pages and components has in WeChat and the adapter lacks or does differently.
import * as glassEasel from 'glass-easel'
import { component as adapter } from 'glass-easel-miniprogram-adapter'
import { domOf } from './backend.ts'
import type { Runtime } from './contract.ts'
import type { IntersectionOptions } from './intersection.ts'
import type { Page } from './page.ts'
import type { PageStack } from './page-stack.ts'
import type { Crossing } from './realm/crossing.ts'

type Caller = { _$: glassEasel.GeneralComponent; setData(change: object, callback?: () => void): void }

export interface CallerParts {
  crossing: Crossing
  /** what objects of the app inherit from */
  appPrototype: object
  createSelectorQuery(component: () => glassEasel.GeneralComponent | undefined): unknown
  createIntersectionObserver(component: () => glassEasel.GeneralComponent | undefined, options?: IntersectionOptions): unknown
  pageOf(dom: HTMLElement): Page | undefined
  samples: Parameters<Runtime['onSetData']>[0][]
  /** calls back in a task of its own: the page can be painted before */
  afterDrawing(callback: () => void): void
  stack: PageStack
}

export const callerPrototype = () => adapter.ComponentCaller.prototype as unknown as Record<string, unknown>

const LACKING = [
  'animate',
  'clearAnimation',
  'applyAnimatedStyle',
  'clearAnimatedStyle',
  'setUpdatePerformanceListener',
  'createMediaQueryObserver',
  'setInitialRenderingCache',
  'setPassiveEvent',
]

/** A function that the app put on `this` (a store's action, a debounced method) is a handler too, and goes before the defined one. */
const definedMethod = glassEasel.Component.getMethod
glassEasel.Component.getMethod = ((component: glassEasel.GeneralComponent, name: string) => {
  const caller = component.getMethodCaller() as unknown as Record<string, unknown>
  const own = Object.hasOwn(caller, name) ? caller[name] : undefined
  return typeof own === 'function' ? own : definedMethod(component, name)
}) as typeof definedMethod

/** bytes; above it WeChat warns */
const SET_DATA_WARNED = 1_048_576

const isInstance = (value: unknown) => typeof value === 'object' && value !== null && '_$' in value

/** A component among the data (some keep the one they belong to there) is no part of what goes to the view: it stays with the script. */
function withoutInstances(change: object): { drawn: object; kept: [name: string, instance: unknown][] } {
  const entries = Object.entries(change)
  const kept = entries.filter(([, value]) => isInstance(value))
  return kept.length === 0
    ? { drawn: change, kept }
    : { drawn: Object.fromEntries(entries.filter(([, value]) => !isInstance(value))), kept }
}

/** UTF-8 bytes of the change as JSON, by which WeChat carries it to the view. @throws TypeError for an object that contains itself, as WeChat does */
function sizeOf(change: unknown, component: string): number {
  try {
    return new TextEncoder().encode(JSON.stringify(change) ?? '').length
  } catch (error) {
    const { message } = error as Error
    // what JSON merely lacks (a BigInt) reaches the view here
    if (!/circular/i.test(message)) return 0
    throw new TypeError(`${component} setData: ${message.split('\n')[0]}`, { cause: error })
  }
}

/** A list with a hole of millions before the index freezes the phone while it is copied. */
const MOST_DIGITS = 6

/** @throws RangeError that names the path */
function checkIndexes(change: object, component: string): void {
  for (const path of Object.keys(change))
    for (const [, digits] of path.matchAll(/\[(\d+)\]/g))
      if (digits!.length > MOST_DIGITS)
        throw new RangeError(`${component} setData: "${path}" has an index of more than ${MOST_DIGITS} digits`)
}

export function equipCallers(prototype: Record<string, unknown>, parts: CallerParts): void {
  const pageOf = (caller: Caller) => {
    const dom = firstDom(caller._$)
    return (dom && parts.pageOf(dom)) ?? parts.stack.top
  }
  const setData = prototype['setData'] as Caller['setData']
  const triggerEvent = prototype['triggerEvent'] as (this: Caller, name: string, detail: unknown, options: object) => void
  Object.assign(prototype, {
    // libraries that know Skyline ask which one draws them
    renderer: 'webview',
    setData(this: Caller & { data: Record<string, unknown> }, given: object, callback?: () => void) {
      const { drawn: change, kept } = withoutInstances(given ?? {})
      checkIndexes(change, this._$.is)
      for (const [name, instance] of kept) this.data[name] = instance
      const bytes = sizeOf(change, this._$.is)
      if (bytes > SET_DATA_WARNED) console.warn(`${this._$.is} setData: 数据传输长度为 ${(bytes / 1024).toFixed(0)} KB，存在性能问题！`)
      if (parts.samples.length) {
        const sample = { path: pageOf(this)?.path ?? '', component: this._$.is, keys: Object.keys(change), bytes }
        for (const listener of parts.samples) listener(sample)
      }
      // in WeChat the answer of the view comes back over a bridge
      setData.call(this, change, typeof callback === 'function' ? () => parts.afterDrawing(() => callback.call(this)) : undefined)
    },
    triggerEvent(this: Caller, name: string, detail?: unknown, options?: object) {
      triggerEvent.call(this, name, detail ?? {}, options ?? {})
    },
    createSelectorQuery(this: Caller) {
      return parts.createSelectorQuery(() => this._$)
    },
    createIntersectionObserver(this: Caller, options?: IntersectionOptions) {
      return parts.createIntersectionObserver(() => this._$, options)
    },
    getTabBar(this: Caller) {
      return pageOf(this)?.tabBar
    },
    getPageId(this: Caller) {
      return `pageId:${pageOf(this)?.pageId}`
    },
  })
  for (const name of LACKING) {
    prototype[name] = function (this: Caller, ...values: unknown[]) {
      console.warn(`${this._$.is}: this.${name} is not supported by the simulator`)
      // this.animate and its like tell the end; the app goes on from there
      const done = values.findLast(value => typeof value === 'function') as (() => void) | undefined
      if (done) queueMicrotask(done)
      return name === 'createMediaQueryObserver' ? { observe: () => {}, disconnect: () => {} } : undefined
    }
  }
  // no page of WeChat's names it, and TDesign looks for its own component by it
  Object.defineProperty(prototype, '__data__', {
    get(this: Caller & { data: unknown }) {
      return this.data
    },
    configurable: true,
  })
  moveToApp(prototype, parts)
}

/** `this` of app code is an object of the app's realm, and so are its methods and what they give. */
function moveToApp(prototype: Record<string, unknown>, { crossing, appPrototype }: CallerParts): void {
  for (const [name, { value, get, set }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (name === 'constructor') continue
    if (typeof value === 'function') prototype[name] = crossing.expose(value as () => unknown)
    else if (name === 'dataset') {
      Object.defineProperty(prototype, name, {
        get(this: Caller) {
          return crossing.toApp({ ...this._$.dataset })
        },
        set,
        configurable: true,
        enumerable: get !== undefined,
      })
    }
  }
  Object.setPrototypeOf(prototype, appPrototype)
}

/** A component with a virtual host has no DOM of its own; its first child that has one will do. */
function firstDom(component: glassEasel.GeneralComponent): HTMLElement | undefined {
  for (let at: glassEasel.Element | null | undefined = component; at; at = at.parentNode ?? at.ownerShadowRoot?.getHostNode()) {
    const dom = domOf(at)
    if (dom) return dom
  }
  return undefined
}
