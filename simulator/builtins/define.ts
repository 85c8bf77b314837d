// How a built-in component is made: a component of the framework with properties and a DOM element that its setup code decorates.
import type * as glassEasel from 'glass-easel'
import type { NodeProvider } from '../runtime/selector-query.ts'
import type { Hover } from './hover.ts'

/** Type and default of a property; `null` takes anything. Boolean, String and Number convert as WeChat's do. */
export type PropertyType = [type: typeof String | typeof Number | typeof Boolean | typeof Object | typeof Array | null, value: unknown]

export interface FormField {
  name(): string
  value(): unknown
  reset(): void
}

export type BuiltinElement = HTMLElement &
  NodeProvider & {
    __hover?: () => Hover
    __field?: FormField
    /** what a tap on a <label> around it does */
    __activate?: () => void
    /** moves a <swiper> as a finger does; false: there is no such item */
    __swipeTo?: (index: number) => boolean
    __host?: Host
    /** what a handler of `input` returned: another text for the field, or `{ value, cursor }` */
    __replaced?: (answer: unknown) => void
  }

export interface Host {
  component: glassEasel.GeneralComponent
  element: BuiltinElement
  /** current value of a property */
  get<T>(name: string): T
  /** changes a property from inside: `model:` bindings follow */
  set(values: Record<string, unknown>): void
  /** sends an event; like WeChat's component events it does not bubble unless asked */
  send(name: string, detail: unknown, options?: { bubbles?: boolean }): void
  /** listens to an event of the framework, e.g. tap */
  on(name: string, listener: (event: { detail: unknown }) => void): void
  asset(src: string): string
  /** class names of the app as an element inside a built-in must have them: the component that has the tag may put a prefix before its own */
  named(classes: string): string
}

export interface Behaviour {
  /** called with the first value and at every change, by property */
  changed?: Record<string, (value: never) => void>
  attached?: () => void
  detached?: () => void
}

export interface Builtin {
  tag: string
  properties?: Record<string, PropertyType>
  setup?: (host: Host) => Behaviour | void
}

const COMMON: Record<string, PropertyType> = { hidden: [Boolean, false], animation: [null, null], role: [String, ''] }
const ARIA = [
  'label',
  'role',
  'hidden',
  'checked',
  'disabled',
  'describedby',
  'labelledby',
  'expanded',
  'selected',
  'live',
  'level',
  'modal',
  'valuenow',
  'valuemin',
  'valuemax',
  'valuetext',
  'busy',
  'atomic',
  'haspopup',
  'controls',
  'required',
  'invalid',
  'pressed',
  'current',
  'readonly',
  'multiline',
  'orientation',
]

export const HOVER_PROPERTIES: Record<string, PropertyType> = {
  hoverClass: [String, 'none'],
  hoverStopPropagation: [Boolean, false],
  hoverStartTime: [Number, 50],
  hoverStayTime: [Number, 400],
}

/** The element takes part in hovering with the four hover-… properties. */
export function hoverable({ element, get }: Host, disabled = () => false): void {
  element.__hover = () => ({
    className: get('hoverClass'),
    startTime: get('hoverStartTime'),
    stayTime: get('hoverStayTime'),
    stopPropagation: get('hoverStopPropagation'),
    disabled: disabled(),
  })
}

/** The nearest built-in above an element, over the borders of components. */
export function ancestor(element: HTMLElement, tag: string): BuiltinElement | null {
  return element.parentElement?.closest<BuiltinElement>(`wx-${tag}`) ?? null
}

export function defineBuiltin(space: glassEasel.ComponentSpace, builtin: Builtin, assets: Record<string, string>): void {
  const properties: Record<string, PropertyType> = { ...COMMON, ...builtin.properties }
  const aria = ARIA.map(name => `aria${name[0]!.toUpperCase()}${name.slice(1)}`)
  const behaviours = new WeakMap<glassEasel.GeneralComponent, Behaviour>()
  let definition = space.define(`wx://${builtin.tag}`) as unknown as Definer
  for (const [name, [type, value]] of Object.entries(properties)) definition = definition.property(name, { type, value })
  for (const name of aria) definition = definition.property(name, { type: null, value: undefined })
  const changed = (component: glassEasel.GeneralComponent, name: string) => {
    const element = component.getBackendElement() as unknown as HTMLElement | null
    // not made yet, or of a page that has gone
    if (!behaviours.has(component) || !element) return
    const value = (component.data as Record<string, unknown>)[name] as never
    applyCommon(element, name, value)
    behaviours.get(component)?.changed?.[name]?.(value)
  }
  for (const name of [...Object.keys(properties), ...aria]) {
    definition = definition.observer(name, function () {
      changed(this, name)
    })
  }
  definition = definition
    .lifetime('created', function () {
      const element = this.getBackendElement() as unknown as BuiltinElement | null
      // the page has gone, and what comes late for it is drawn nowhere
      if (!element) return
      const host: Host = {
        component: this,
        element,
        get: name => (this.data as Record<string, never>)[name] as never,
        set: values => this.setData(values),
        send: (name, detail, options) =>
          this.triggerEvent(name, detail, { bubbles: options?.bubbles ?? false, composed: options?.bubbles ?? false }),
        on: (name, listener) => void this.addListener(name, listener as never),
        asset: src => assetUrl(src, this, assets),
        named: classes => namesInScope(this, classes),
      }
      element.__host = host
      behaviours.set(this, builtin.setup?.(host) ?? {})
      for (const name of Object.keys(properties)) changed(this, name)
    })
    .lifetime('attached', function () {
      behaviours.get(this)?.attached?.()
    })
    .lifetime('detached', function () {
      behaviours.get(this)?.detached?.()
    })
  space.setGlobalUsingComponent(builtin.tag, definition.registerComponent().general())
}

function namesInScope(component: glassEasel.GeneralComponent, classes: string): string {
  const owner = component.ownerShadowRoot?.getHostNode().getBackendElement() as unknown as HTMLElement | null | undefined
  const scope = owner?.getAttribute('wx-host')
  return classes
    .split(/\s+/)
    .filter(Boolean)
    .flatMap(name => (scope ? [name, `${scope}--${name}`] : [name]))
    .join(' ')
}

interface Definer {
  property(name: string, definition: object): Definer
  observer(name: string, listener: (this: glassEasel.GeneralComponent) => void): Definer
  lifetime(name: string, listener: (this: glassEasel.GeneralComponent) => void): Definer
  registerComponent(): glassEasel.GeneralComponentDefinition & { general(): glassEasel.GeneralComponentDefinition }
}

function applyCommon(element: HTMLElement, name: string, value: unknown): void {
  if (name === 'hidden') element.toggleAttribute('hidden', Boolean(value))
  else if (name === 'animation') animate(element, value as Animation | null)
  else if (name === 'role' || name === 'ariaRole') {
    if (value) element.setAttribute('role', String(value))
    if (value === 'button' || value === 'link' || value === 'checkbox' || value === 'switch' || value === 'radio' || value === 'tab')
      element.tabIndex = 0
  } else if (name.startsWith('aria')) {
    if (value === undefined || value === null) element.removeAttribute(`aria-${name.slice(4).toLowerCase()}`)
    else element.setAttribute(`aria-${name.slice(4).toLowerCase()}`, String(value))
  }
}

/** What wx.createAnimation().export() gives: steps of style changes with their timing. */
interface Animation {
  actions: {
    animates: { type: string; args: unknown[] }[]
    option: { transformOrigin?: string; transition: { duration: number; timingFunction: string; delay: number } }
  }[]
}

function animate(element: HTMLElement, animation: Animation | null): void {
  if (!animation?.actions?.length) return
  const [step, ...rest] = animation.actions
  const { transition, transformOrigin } = step!.option
  element.style.transition = `all ${transition.duration}ms ${transition.timingFunction} ${transition.delay}ms`
  if (transformOrigin) element.style.transformOrigin = transformOrigin
  // a change of style counts as the start of a transition only when the state before was laid out
  void element.offsetHeight
  const transforms: string[] = []
  for (const { type, args } of step!.animates) {
    if (type === 'style') element.style.setProperty(String(args[0]), String(args[1]))
    else transforms.push(transformText(type, args))
  }
  if (transforms.length) element.style.transform = transforms.join(' ')
  if (rest.length) setTimeout(() => animate(element, { actions: rest }), transition.duration + transition.delay)
  else setTimeout(() => (element.style.transition = ''), transition.duration + transition.delay + 20)
}

function transformText(type: string, args: unknown[]): string {
  const unit = /^(rotate|skew)/.test(type) ? 'deg' : type.startsWith('translate') ? 'px' : ''
  const last = type === 'rotate3d' ? args.length - 1 : -1
  return `${type}(${args.map((arg, index) => (typeof arg === 'number' && unit && (last < 0 || index === last) ? `${arg}${unit}` : arg)).join(',')})`
}

let drawable = (path: string): string => path
/** From the phone, which has the app's own files: how a tag can draw one. */
export function drawFilesWith(addressOf: (path: string) => string): void {
  drawable = addressOf
}

/** A picture for a canvas, which also loads the app's own files. */
export function pictureElement(): HTMLImageElement {
  const picture = new Image()
  return Object.defineProperty(picture, 'src', {
    get: () => picture.getAttribute('src') ?? '',
    set: (src: string) => {
      picture.setAttribute('src', drawable(src))
    },
  })
}

/** Where the browser finds a picture of the phone's files or of the network; undefined for a path of the project. */
export function pictureAddress(src: string): string | undefined {
  if (src.startsWith('wxfile:')) return drawable(src)
  // the server knows where this really is, and whether the phone has a network
  if (/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(src)) return `/__image?url=${encodeURIComponent(src)}`
  return /^(https?:|data:|blob:)/.test(src) ? src : undefined
}

/** A path of the project → its data URL; an address stays. Relative paths are those of the component that has the tag. */
function assetUrl(src: string, component: glassEasel.GeneralComponent, assets: Record<string, string>): string {
  const address = pictureAddress(src)
  if (address !== undefined) return address
  if (!src) return src
  const folder = src.startsWith('/') ? [] : (component.ownerShadowRoot?.getHostNode().is ?? '').split('/').slice(0, -1)
  for (const part of src.split('/')) {
    if (part === '..') folder.pop()
    else if (part && part !== '.') folder.push(part)
  }
  return assets[folder.join('/')] ?? src
}
