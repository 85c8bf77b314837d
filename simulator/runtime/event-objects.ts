// The event object that a mini program's handlers get: plain values, as WeChat sends them over from the view.
import type * as glassEasel from 'glass-easel'
import { domOf } from './backend.ts'
import type { Crossing } from './realm/crossing.ts'

type Node = glassEasel.Element & { _$?: glassEasel.Element }
type Listener = (this: unknown, event: unknown) => unknown

/** Names of event types whose handlers have run since the last look; gestures.ts asks whether a longpress had one. */
export const handled = new Set<string>()

function place(node: Node): { id: string; dataset: Record<string, unknown>; offsetLeft: number; offsetTop: number } {
  const element = node._$ ?? node
  const dom = domOf(element)
  return { id: element.id, dataset: { ...element.dataset }, offsetLeft: dom?.offsetLeft ?? 0, offsetTop: dom?.offsetTop ?? 0 }
}

/** Called for every event listener of a template. A listener with a path comes from WXS. */
export function eventListenerWrapper({ toApp }: Crossing) {
  return (caller: unknown, event: glassEasel.ShadowedEvent<unknown>, listener: Listener, path?: unknown[] | null): unknown => {
    if (path && path[0] !== 0) throw new Error(`event "${event.getEventName()}": WXS event handlers are not supported by the simulator`)
    handled.add(event.getEventName())
    return Reflect.apply(listener, caller, [toApp(eventObject(event))])
  }
}

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
