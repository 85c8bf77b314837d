// The protocol's Page.* methods.
import type { PageHandle, Runtime } from '../runtime/contract.ts'
import { elementOf } from '../runtime/backend.ts'
import type { Params } from './params.ts'
import { tagOf, type Handles } from './handles.ts'
import { valueAt } from './paths.ts'
import { select } from './selectors.ts'

function byXpath(page: PageHandle, expression: string) {
  // tags are wx-* in the frame's document
  const inDocument = expression.replaceAll(/(\/\/?)([a-zA-Z][\w-]*)(?!\s*\(|::)/g, (whole, slash: string, tag: string) =>
    tag.startsWith('wx-') ? whole : `${slash}*[self::${tag} or self::wx-${tag}]`,
  )
  const absolute = inDocument.startsWith('/') ? `.${inDocument}` : inDocument
  const found = document.evaluate(absolute, page.container, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE)
  const elements = Array.from({ length: found.snapshotLength }, (_, index) => elementOf(found.snapshotItem(index)))
  return elements.filter(element => element !== undefined && tagOf(element) !== '').map(element => element!)
}

export function pageMethods(runtime: Runtime, handles: Handles): Record<string, (params: Params) => unknown> {
  const on = (act: (page: PageHandle, params: Params) => unknown) => (params: Params) => {
    const page = runtime.page(handles.ownPageId(params.pageId))
    if (!page) throw new Error('page destroyed')
    return act(page, params)
  }
  const found = (page: PageHandle, selector: unknown) => select(page.component.getShadowRoot()!, String(selector))
  const first = <T>(elements: T[]): T => {
    if (elements.length === 0) throw new Error('no such element')
    return elements[0]!
  }
  /** The page's box scrolls, where DevTools' web view scrolls its document. */
  const windowProperty = (page: PageHandle, name: string): unknown => {
    const [, property] = /^document\.documentElement\.(\w+)$/.exec(name) ?? []
    if (property) return (page.container as unknown as Record<string, unknown>)[property]
    if (name === 'document.body.scrollTop') return 0
    return valueAt(window, name)
  }

  return {
    'Page.getElement': on((page, { selector }) => handles.of(first(found(page, selector)))),
    'Page.getElements': on((page, { selector }) => ({ elements: found(page, selector).map(element => handles.of(element)) })),
    'Page.getElementByXpath': on((page, { selector }) => handles.of(first(byXpath(page, String(selector))))),
    'Page.getElementsByXpath': on((page, { selector }) => ({
      elements: byXpath(page, String(selector)).map(element => handles.of(element)),
    })),
    'Page.getData': on((page, { path }) => ({ data: valueAt(page.instance.data, path) })),
    'Page.setData': on(async (page, { data }) => {
      await new Promise<void>(done => page.instance.setData(data as object, done))
    }),
    'Page.callMethod': on(async (page, { method, args }) => {
      const called = page.instance[String(method)]
      if (typeof called !== 'function') throw new Error(`page.${String(method)} not exists`)
      return { result: await runtime.fromApp(Reflect.apply(called, page.instance, runtime.toApp(args ?? []) as unknown[])) }
    }),
    'Page.getWindowProperties': on((page, { names }) => ({
      properties: (names as string[]).map(name => windowProperty(page, name) ?? null),
    })),
  }
}
