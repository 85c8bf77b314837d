// The event object that a mini program's handlers get: plain values, as WeChat sends them over from the view.
import type * as glassEasel from 'glass-easel'
import type { BuiltinElement } from '../builtins/define.ts'
import { domOf } from './backend.ts'
import type { Crossing } from './realm/crossing.ts'
import { instanceOf, isOfWxs } from './wxs-instances.ts'

type Node = glassEasel.Element & { _$?: glassEasel.Element }
type Listener = (this: unknown, event: unknown, owner?: unknown) => unknown

/** Names of event types whose handlers have run since the last look; gestures.ts asks whether a longpress had one. */
export const handled = new Set<string>()

function place(node: Node): { id: string; dataset: Record<string, unknown>; offsetLeft: number; offsetTop: number } {
  const element = elementBehind(node)
  const dom = domOf(element)
  return { id: element.id, dataset: { ...element.dataset }, offsetLeft: dom?.offsetLeft ?? 0, offsetTop: dom?.offsetTop ?? 0 }
}

/**
 * Called for every event listener of a template. A listener with a path comes from WXS, and so does one that an expression chose (`{{ off || m.move }}`):
 * it has no path, and is no function of the app.
 */
export function eventListenerWrapper(crossing: Crossing) {
  return (caller: unknown, event: glassEasel.ShadowedEvent<unknown>, listener: Listener, path?: unknown[] | null): unknown => {
    handled.add(event.getEventName())
    const object = eventObject(event)
    if (isOfWxs(path) || (!path && !crossing.isOfApp(listener))) {
      const instance = instanceOf(elementBehind(event.currentTarget as Node), crossing)
      return listener.call(null, { ...object, instance }, instanceOf(elementBehind(caller as Node), crossing))
    }
    const answer = Reflect.apply(listener, caller, [crossing.toApp(object)])
    if (event.getEventName() === 'input') {
      const field = domOf(elementBehind(event.currentTarget as Node)) as BuiltinElement | undefined
      field?.__replaced?.(crossing.fromApp(answer))
    }
    return answer
  }
}

const elementBehind = (node: Node): glassEasel.Element => node._$ ?? node

function eventObject(event: glassEasel.ShadowedEvent<unknown>): Record<string, unknown> {
  const touches = event as unknown as { touches?: unknown[]; changedTouches?: unknown[] }
  const object: Record<string, unknown> = {
    type: event.getEventName(),
    timeStamp: event.timeStamp,
    target: place(event.target as Node),
    currentTarget: place(event.currentTarget as Node),
    mark: event.mark ?? {},
    detail: event.detail,
  }
  if (touches.touches) object['touches'] = touches.touches
  if (touches.changedTouches) object['changedTouches'] = touches.changedTouches
  return object
}
