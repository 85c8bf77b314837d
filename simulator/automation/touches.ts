// Fingers of the automation protocol, as real touch events on the element: the runtime makes tap and longpress of them, as of a person's.
import { shownBy } from './handles.ts'
import type * as glassEasel from 'glass-easel'

interface WireTouch {
  identifier?: number
  pageX?: number
  pageY?: number
  clientX?: number
  clientY?: number
}

/** The protocol's typings misspell changedTouches; its documentation does not. */
export interface WireTouches {
  touches?: WireTouch[]
  changedTouches?: WireTouch[]
  changeTouches?: WireTouch[]
}

type TouchType = 'touchstart' | 'touchmove' | 'touchend' | 'touchcancel'

let began = 0
/**
 * The client's long press is a touchstart, 350 ms of its own time, and a touchend: on a busy machine they come closer together than they were sent.
 * An end that is almost long enough waits until it is.
 */
export async function untilPressIsLong(): Promise<void> {
  const held = performance.now() - began
  if (held > 250 && held < 500) await new Promise(done => setTimeout(done, 500 - held))
}

export function touch(element: glassEasel.Element, type: TouchType, given: WireTouches = {}): void {
  if (type === 'touchstart') began = performance.now()
  const target = shownBy(element)
  const { left, top, width, height } = target.getBoundingClientRect()
  const scrolled = target.closest('.mp-page')?.scrollTop ?? 0
  const make = ({ identifier = 0, pageX, pageY, clientX, clientY }: WireTouch) =>
    new Touch({
      target,
      identifier,
      clientX: clientX ?? pageX ?? left + width / 2,
      clientY: clientY ?? (pageY === undefined ? top + height / 2 : pageY - scrolled),
    })
  const changed = (given.changedTouches ?? given.changeTouches ?? given.touches ?? [{}]).map(make)
  const touches = type === 'touchend' || type === 'touchcancel' ? (given.touches ?? []).map(make) : (given.touches ?? [{}]).map(make)
  target.dispatchEvent(
    new TouchEvent(type, { bubbles: true, cancelable: true, composed: true, touches, targetTouches: touches, changedTouches: changed }),
  )
}

export function tap(element: glassEasel.Element): void {
  touch(element, 'touchstart')
  touch(element, 'touchend')
}
