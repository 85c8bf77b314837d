// How WeChat's component framework makes DOM here: built-in tags become wx-*, rpx in style attributes is converted, and the browser's own events
// never reach the components (gestures.ts and the built-ins send WeChat's instead).
import * as glassEasel from 'glass-easel'
import { BUILTINS, LACKING_TAGS } from '../builtins/attributes.ts'
import { styleWithChinese } from './font-families.ts'
import { convertLengths } from './lengths.ts'

export class PhoneBackend extends glassEasel.CurrentWindowBackendContext {
  /** @param foreign tags that nobody knows: never elements of the browser's own, whatever <input> or <video> means to it */
  constructor(foreign: readonly string[] = []) {
    super()
    const unknown = new Set(foreign)
    type Made = ReturnType<typeof this.document.createElement>
    this.document = {
      createElement: (name: string) => createElement(name, unknown) as unknown as Made,
      createTextNode: (text: string) => document.createTextNode(text) as unknown as Made,
      createDocumentFragment: () => document.createDocumentFragment() as unknown as Made,
    }
  }

  override onEvent(): void {
    // gestures.ts dispatches by itself
  }

  override setListenerStats(): void {
    // a `bind:click` means the component's event, never the browser's
  }

  override setModelBindingStat(): void {
    // built-ins are components; two-way binding needs no help of the DOM
  }
}

function createElement(name: string, unknown: ReadonlySet<string>): HTMLElement {
  const known = BUILTINS[name] ?? (LACKING_TAGS.has(name) || unknown.has(name) || name === 'page')
  const element = document.createElement(known ? `wx-${name}` : name)
  element.setAttribute = (attribute: string, value: unknown) => {
    Element.prototype.setAttribute.call(
      element,
      attribute,
      attribute === 'style' ? styleWithChinese(convertLengths(String(value))) : String(value),
    )
  }
  // the framework writes `<component's prefix>--<id>`; tests and #id selectors know the plain one
  Object.defineProperty(element, 'id', {
    get: () => element.getAttribute('id') ?? '',
    set: (id: string) => {
      Element.prototype.setAttribute.call(element, 'id', id.slice(id.indexOf('--') + 2))
    },
  })
  return element
}

/** The component or element of the framework that made a DOM node, or the nearest one above it. */
export function elementOf(node: Node | null): glassEasel.Element | undefined {
  for (let at = node; at; at = at.parentNode) {
    const found = (at as Node & { __wxElement?: glassEasel.Element }).__wxElement
    if (found) return found
  }
  return undefined
}

/** The DOM element of a node of the framework; undefined for virtual ones. */
export function domOf(element: glassEasel.Element): HTMLElement | undefined {
  return (element.getBackendElement() as unknown as HTMLElement | null) ?? undefined
}
