// Element.callFunction: what a person does with one of WeChat's own components (types into an input, moves a slider …).
import type * as glassEasel from 'glass-easel'
import type { BuiltinElement } from '../builtins/define.ts'
import { shownBy } from './handles.ts'
import { tap } from './touches.ts'

type Action = (element: glassEasel.Element, values: unknown[]) => unknown

/** The browser's own field inside input or textarea. */
export function fieldOf(element: glassEasel.Element): HTMLInputElement | HTMLTextAreaElement | undefined {
  const shown = shownBy(element)
  return shown.matches('input, textarea')
    ? (shown as HTMLInputElement)
    : (shown.querySelector<HTMLInputElement>('input, textarea') ?? undefined)
}

function type(element: glassEasel.Element, [value]: unknown[]): void {
  const field = fieldOf(element)
  if (!field) throw new Error('the element has no field to type into')
  field.focus()
  field.value = String(value)
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

/** The box inside a scroll-view that really scrolls: itself or the first below it. */
export function scrollerOf(element: glassEasel.Element): HTMLElement {
  const shown = shownBy(element)
  const scrolls = (box: HTMLElement) => /auto|scroll/.test(getComputedStyle(box).overflowX + getComputedStyle(box).overflowY)
  return scrolls(shown) ? shown : ([...shown.querySelectorAll<HTMLElement>('*')].find(scrolls) ?? shown)
}

/** Sets a property as the person's own change, then tells the handlers. */
function change(name: string, event: string, detail: (value: unknown) => object): Action {
  return (element, [value]) => {
    const component = element.asGeneralComponent()
    if (!component) throw new Error('the element is no component')
    component.setData({ [name]: value })
    component.triggerEvent(event, detail(value))
  }
}

const actions: Record<string, Action> = {
  'input.input': type,
  'textarea.input': type,
  'switch.tap': element => tap(element),
  'slider.slideTo': change('value', 'change', value => ({ value })),
  'swiper.swipeTo': (element, [index]) => {
    const { __swipeTo } = shownBy(element) as BuiltinElement
    if (!__swipeTo?.(Number(index))) throw new Error(`swiper has no item ${String(index)}`)
  },
  'movable-view.moveTo': (element, [x, y]) => {
    const component = element.asGeneralComponent()
    component?.setData({ x, y })
    component?.triggerEvent('change', { x, y, source: 'touch' })
  },
  'scroll-view.scrollTo': (element, [x, y]) => {
    const scroller = scrollerOf(element)
    scroller.scrollLeft = Number(x)
    scroller.scrollTop = Number(y)
  },
  'scroll-view.scrollTop': element => scrollerOf(element).scrollTop,
  'scroll-view.scrollLeft': element => scrollerOf(element).scrollLeft,
  'scroll-view.scrollWidth': element => scrollerOf(element).scrollWidth,
  'scroll-view.scrollHeight': element => scrollerOf(element).scrollHeight,
}

export function callFunction(element: glassEasel.Element, name: string, values: unknown[]): unknown {
  const action = actions[name]
  if (!action) throw new Error(`Element.callFunction: ${name} is not supported by the simulator`)
  return action(element, values)
}
