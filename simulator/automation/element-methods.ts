// The protocol's Element.* methods.
import * as glassEasel from 'glass-easel'
import { attribute } from './attributes.ts'
import { callFunction, fieldOf } from './component-actions.ts'
import { customComponent, shownBy, tagOf, type Handles } from './handles.ts'
import { innerWxml, outerWxml } from './markup.ts'
import { valueAt } from './paths.ts'
import { select } from './selectors.ts'
import { tap, touch, untilPressIsLong, type WireTouches } from './touches.ts'
import type { Runtime } from '../runtime/contract.ts'
import type { Params } from './params.ts'

/** Where selectors of an element look: inside a custom component, else among what stands inside it in the same template. */
const insideOf = (element: glassEasel.Element): glassEasel.Element => customComponent(element)?.getShadowRoot() ?? element

const componentOf = (element: glassEasel.Element): glassEasel.GeneralComponent => {
  const component = customComponent(element)
  if (!component) throw new Error(`${tagOf(element)} is no custom component`)
  return component
}

/** `this` of the component's own code. */
export const callerOf = (component: glassEasel.GeneralComponent) => component.getMethodCaller() as unknown as Record<string, unknown>

function property(element: glassEasel.Element, name: string): unknown {
  const component = element.asGeneralComponent()
  if (name === '__propPublic') {
    const names = component ? glassEasel.Component.listProperties(component) : []
    return Object.fromEntries(names.map(own => [own, true]))
  }
  // what the person typed is in the field; the property changes only when the app sets it
  if (name === 'value') {
    const field = /^(input|textarea)$/.test(tagOf(element)) ? fieldOf(element) : undefined
    if (field) return field.value
  }
  if (name === '_translateX') return component?.data.x
  if (name === '_translateY') return component?.data.y
  return component?.data[name]
}

const namesOf = (params: Params) => params.names as string[]

export function elementMethods(runtime: Pick<Runtime, 'toApp' | 'fromApp'>, handles: Handles): Record<string, (params: Params) => unknown> {
  const on = (act: (element: glassEasel.Element, params: Params) => unknown) => (params: Params) =>
    act(handles.element(params.elementId), params)
  const touching = (type: 'touchstart' | 'touchmove' | 'touchend') =>
    on(async (element, params) => {
      if (type === 'touchend') await untilPressIsLong()
      touch(element, type, params as WireTouches)
    })

  return {
    'Element.getElement': on((element, { selector }) => {
      const [found] = select(insideOf(element), String(selector))
      if (!found) throw new Error('no such element')
      return handles.of(found)
    }),
    'Element.getElements': on((element, { selector }) => ({
      elements: select(insideOf(element), String(selector)).map(found => handles.of(found)),
    })),
    'Element.getDOMProperties': on((element, params) => {
      const shown = shownBy(element) as unknown as Record<string, unknown>
      return { properties: namesOf(params).map(name => shown[name] ?? null) }
    }),
    'Element.getOffset': on(element => {
      const shown = shownBy(element)
      const { left, top } = shown.getBoundingClientRect()
      const page = shown.closest('.mp-page')
      const origin = page?.getBoundingClientRect()
      return { left: left - (origin?.left ?? 0) + (page?.scrollLeft ?? 0), top: top - (origin?.top ?? 0) + (page?.scrollTop ?? 0) }
    }),
    'Element.getAttributes': on((element, params) => ({ attributes: namesOf(params).map(name => attribute(element, name)) })),
    'Element.getProperties': on((element, params) => ({ properties: namesOf(params).map(name => property(element, name) ?? null) })),
    'Element.getStyles': on((element, params) => {
      const styles = getComputedStyle(shownBy(element))
      return {
        styles: namesOf(params).map(name => styles.getPropertyValue(name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`))),
      }
    }),
    'Element.getWXML': on((element, { type }) => ({ wxml: type === 'outer' ? outerWxml(element) : innerWxml(element) })),
    'Element.tap': on(element => tap(element)),
    'Element.touchstart': touching('touchstart'),
    'Element.touchmove': touching('touchmove'),
    'Element.touchend': touching('touchend'),
    'Element.triggerEvent': on((element, { type, detail }) => {
      element.triggerEvent(String(type), detail ?? {}, {
        bubbles: !customComponent(element),
        composed: !customComponent(element),
        capturePhase: true,
      })
    }),
    'Element.dispatchEvent': on((element, params) => {
      const inside = typeof params.$ === 'string' ? select(insideOf(element), params.$)[0] : element
      if (!inside) throw new Error('no such element')
      const name = String(params.eventName)
      if (/^touch(start|move|end|cancel)$/.test(name)) touch(inside, name as 'touchstart', params as WireTouches)
      else if (name === 'tap') tap(inside)
      else inside.triggerEvent(name, params.detail ?? {}, { bubbles: true, composed: true, capturePhase: true })
    }),
    'Element.getData': on((element, { path }) => ({ data: valueAt(componentOf(element).data, path) })),
    'Element.setData': on(async (element, { data }) => {
      const caller = callerOf(componentOf(element)) as { setData(change: object, done: () => void): void }
      await new Promise<void>(done => caller.setData(data as object, done))
    }),
    'Element.callMethod': on(async (element, { method, args }) => {
      const caller = callerOf(componentOf(element))
      const called = caller[String(method)]
      if (typeof called !== 'function') throw new Error(`component.${String(method)} not exists`)
      return { result: await runtime.fromApp(Reflect.apply(called, caller, runtime.toApp(args ?? []) as unknown[])) }
    }),
    'Element.callFunction': on((element, { functionName, args }) => ({
      result: callFunction(element, String(functionName), (args ?? []) as unknown[]) ?? null,
    })),
    'Element.callContextMethod': () => {
      throw new Error('video is not supported by the simulator')
    },
  }
}
