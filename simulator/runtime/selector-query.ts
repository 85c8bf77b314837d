// wx.createSelectorQuery: as the adapter's, plus node(), computedStyle and a viewport that scrolls with the page.
import * as glassEasel from 'glass-easel'
import { domOf } from './backend.ts'

export interface Fields {
  id?: boolean
  dataset?: boolean
  mark?: boolean
  rect?: boolean
  size?: boolean
  scrollOffset?: boolean
  properties?: string[]
  computedStyle?: string[]
  context?: boolean
  node?: boolean
}

type Result = Record<string, unknown> | null
type Callback = (result: Result | Result[]) => void

interface Request {
  component: glassEasel.GeneralComponent | undefined
  /** null means the viewport */
  selector: string | null
  single: boolean
  fields: Fields
  callback: Callback | undefined
}

/** What built-ins offer to node() and context(); set on their DOM element. */
export interface NodeProvider {
  __node?: () => unknown
}

export class SelectorQuery {
  #component: () => glassEasel.GeneralComponent | undefined
  readonly #queue: Request[] = []
  readonly #scroller: () => HTMLElement | undefined

  /** Both are asked when the query is made or executed, so a query may be created before the first page exists. */
  constructor(component: () => glassEasel.GeneralComponent | undefined, scroller: () => HTMLElement | undefined) {
    this.#component = component
    this.#scroller = scroller
  }

  in(component: { _$?: glassEasel.GeneralComponent } | undefined): this {
    if (!component?._$) throw new Error('SelectorQuery.in: a page or component is expected')
    this.#component = () => component._$
    return this
  }

  select(selector: string): NodesRef {
    return new NodesRef(this, selector, true)
  }

  selectAll(selector: string): NodesRef {
    return new NodesRef(this, selector, false)
  }

  selectViewport(): NodesRef {
    return new NodesRef(this, null, true)
  }

  push(selector: string | null, single: boolean, fields: Fields, callback: Callback | undefined): this {
    this.#queue.push({ component: this.#component(), selector, single, fields, callback })
    return this
  }

  exec(callback?: (results: unknown[]) => void): this {
    const queue = [...this.#queue]
    setTimeout(() => {
      const results = queue.map(request => this.#answer(request))
      queue.forEach((request, index) => request.callback?.(results[index]!))
      callback?.(results)
    }, 0)
    return this
  }

  #answer({ component, selector, single, fields }: Request): Result | Result[] {
    const from = component ?? this.#component()
    if (selector === null) return this.#viewport(fields)
    const shadow = from?.getShadowRoot()
    if (!shadow) return single ? null : []
    if (!single) return shadow.querySelectorAll(selector).map(element => describe(element, fields))
    const found = shadow.querySelector(selector)
    return found ? describe(found, fields) : null
  }

  #viewport(fields: Fields): Result {
    const scroller = this.#scroller()
    const width = scroller?.clientWidth ?? window.innerWidth
    const height = scroller?.clientHeight ?? window.innerHeight
    const result: Record<string, unknown> = {}
    if (fields.id) result['id'] = ''
    if (fields.dataset) result['dataset'] = {}
    if (fields.rect) Object.assign(result, { left: 0, top: 0, right: width, bottom: height })
    if (fields.size) Object.assign(result, { width, height })
    if (fields.scrollOffset) Object.assign(result, scrollOf(scroller))
    return result
  }
}

function scrollOf(dom: HTMLElement | undefined): object {
  return {
    scrollLeft: dom?.scrollLeft ?? 0,
    scrollTop: dom?.scrollTop ?? 0,
    scrollWidth: dom?.scrollWidth ?? 0,
    scrollHeight: dom?.scrollHeight ?? 0,
  }
}

function describe(element: glassEasel.Element, fields: Fields): Record<string, unknown> {
  const dom = domOf(element)
  const result: Record<string, unknown> = {}
  if (fields.id) result['id'] = element.id
  if (fields.dataset) result['dataset'] = { ...element.dataset }
  if (fields.mark) result['mark'] = element.collectMarks()
  const { left, top, right, bottom, width, height } = dom?.getBoundingClientRect() ?? new DOMRect()
  if (fields.rect) Object.assign(result, { left, top, right, bottom })
  if (fields.size) Object.assign(result, { width, height })
  if (fields.scrollOffset) Object.assign(result, scrollOf(dom))
  if (fields.computedStyle && dom) {
    const style = getComputedStyle(dom)
    for (const name of fields.computedStyle)
      result[name] = style.getPropertyValue(name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`))
  }
  if (fields.properties && glassEasel.Component.isComponent(element)) {
    for (const name of fields.properties) result[name] = (element.data as Record<string, unknown>)[name]
  }
  if (fields.node || fields.context) {
    const node = (dom as (HTMLElement & NodeProvider) | undefined)?.__node?.()
    if (fields.node) result['node'] = node
    if (fields.context) result['context'] = node
  }
  return result
}

class NodesRef {
  readonly #query: SelectorQuery
  readonly #selector: string | null
  readonly #single: boolean

  constructor(query: SelectorQuery, selector: string | null, single: boolean) {
    this.#query = query
    this.#selector = selector
    this.#single = single
  }

  fields(fields: Fields, callback?: Callback): SelectorQuery {
    return this.#query.push(this.#selector, this.#single, fields, callback)
  }

  boundingClientRect(callback?: Callback): SelectorQuery {
    return this.fields({ id: true, dataset: true, rect: true, size: true }, callback)
  }

  scrollOffset(callback?: Callback): SelectorQuery {
    return this.fields({ id: true, dataset: true, scrollOffset: true }, callback)
  }

  context(callback?: Callback): SelectorQuery {
    return this.fields({ context: true }, callback)
  }

  node(callback?: Callback): SelectorQuery {
    return this.fields({ node: true }, callback)
  }
}
