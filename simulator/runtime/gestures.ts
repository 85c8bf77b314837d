// Fingers and mouse → WeChat's touch events, tap and longpress; hover-class; drag scrolling with the mouse; keys on focused elements.
import * as glassEasel from 'glass-easel'
import { startHover, stopHover } from '../builtins/hover.ts'
import { elementOf } from './backend.ts'
import { handled } from './event-objects.ts'
import type { PullDown } from './pull-down.ts'

const TAP_DISTANCE = 10
const LONGPRESS = 350
/** a touch is followed by made-up mouse events */
const MOUSE_AFTER_TOUCH = 800

interface Point {
  identifier: number
  clientX: number
  clientY: number
  pageX: number
  pageY: number
}

interface Press {
  target: Node
  at: Point
  moved: boolean
  longpressed: boolean
  timer: number
  pulls: boolean
}

let lastTap = -Infinity
/** Whether the person tapped something a moment ago: what WeChat asks only in a tap, it asks then. @param ms */
export const tappedWithin = (ms: number): boolean => performance.now() - lastTap <= ms

/** Sends an event with touches; true when a listener caught it (its default is prevented). */
export function dispatchTouch(target: Node, type: string, detail: unknown, touches: Point[], changed: Point[]): boolean {
  const element = elementOf(target)
  // a disabled button feels fingers but is not tapped
  const button = type === 'tap' && (target instanceof Element ? target : target.parentElement)?.closest('wx-button[disabled]')
  if (!element || button) return false
  if (type === 'tap') lastTap = performance.now()
  const options = { bubbles: true, composed: true, capturePhase: true, extraFields: { touches, changedTouches: changed } }
  const event = new glassEasel.Event(type, detail, options)
  glassEasel.Event.dispatchEvent(element, event)
  return event.defaultPrevented()
}

/** A tap in the middle of an element, as from a keyboard. */
export function tap(element: HTMLElement): void {
  const { left, top, width, height } = element.getBoundingClientRect()
  tapAt(element, left + width / 2, top + height / 2)
}

export function tapAt(element: HTMLElement, x: number, y: number): void {
  const at = point({ identifier: 0, clientX: x, clientY: y })
  dispatchTouch(element, 'tap', { x: at.pageX, y: at.pageY }, [at], [at])
}

export function listenToGestures(root: HTMLElement, pullDown: PullDown): void {
  const fingers = fingersOn(pullDown)
  const sinceTouch = listenToTouch(root, fingers)
  listenToMouse(root, fingers, sinceTouch)
  root.addEventListener('dragstart', event => event.preventDefault())
  // assistive technology and element.click() send a click without pointer
  root.addEventListener('click', event => {
    if ((event as PointerEvent).pointerType === '' && event.target instanceof HTMLElement && !isEditable(event.target)) tap(event.target)
  })
  root.addEventListener('keydown', event => {
    const target = event.target as HTMLElement
    if ((event.key !== 'Enter' && event.key !== ' ') || isEditable(target) || target.tabIndex < 0) return
    event.preventDefault()
    tap(target)
  })
}

/** Each tells whether a listener of the app prevented the default. */
interface Fingers {
  start(target: Node, touches: Point[], changed: Point[]): boolean
  move(touches: Point[], changed: Point[]): boolean
  end(touches: Point[], changed: Point[], cancelled: boolean): boolean
}

/** What fingers that are down become: touch events, tap, longpress, a page pulled down. */
function fingersOn(pullDown: PullDown): Fingers {
  const presses = new Map<number, Press>()

  const start = (target: Node, touches: Point[], changed: Point[]): boolean => {
    const prevented = dispatchTouch(target, 'touchstart', {}, touches, changed)
    for (const at of changed) {
      const press: Press = { target, at, moved: false, longpressed: false, timer: 0, pulls: pullDown.possible && touches.length === 1 }
      press.timer = window.setTimeout(() => longpress(press, touches), LONGPRESS)
      presses.set(at.identifier, press)
    }
    startHover(target as HTMLElement)
    return prevented
  }
  const longpress = (press: Press, touches: Point[]) => {
    handled.delete('longpress')
    const detail = { x: press.at.pageX, y: press.at.pageY }
    dispatchTouch(press.target, 'longpress', detail, touches, [press.at])
    // with a longpress handler no tap follows; with the old longtap it does
    press.longpressed = handled.has('longpress')
    dispatchTouch(press.target, 'longtap', detail, touches, [press.at])
  }
  const move = (touches: Point[], changed: Point[]): boolean => {
    let prevented = false
    for (const at of changed) {
      const press = presses.get(at.identifier)
      if (!press) continue
      if (Math.hypot(at.clientX - press.at.clientX, at.clientY - press.at.clientY) > TAP_DISTANCE && !press.moved) {
        press.moved = true
        clearTimeout(press.timer)
        stopHover(true)
      }
      const caught = dispatchTouch(press.target, 'touchmove', {}, touches, [at])
      prevented ||= caught
      if (caught) press.pulls = false
      if (press.pulls && press.moved) pullDown.drag(at.clientY - press.at.clientY)
    }
    return prevented
  }
  const end = (touches: Point[], changed: Point[], cancelled: boolean): boolean => {
    let prevented = false
    for (const at of changed) {
      const press = presses.get(at.identifier)
      if (!press) continue
      presses.delete(at.identifier)
      clearTimeout(press.timer)
      prevented = dispatchTouch(press.target, cancelled ? 'touchcancel' : 'touchend', {}, touches, [at]) || prevented
      if (press.pulls && press.moved) pullDown.drop(cancelled ? 0 : at.clientY - press.at.clientY)
      // in WeChat the touches of a tap still hold the finger that has left
      if (!cancelled && !press.moved && !press.longpressed)
        dispatchTouch(press.target, 'tap', { x: press.at.pageX, y: press.at.pageY }, [at], [at])
    }
    stopHover(false)
    return prevented
  }
  return { start, move, end }
}

/** @returns the milliseconds since the last touch before a moment */
function listenToTouch(root: HTMLElement, { start, move, end }: Fingers): (moment: number) => number {
  let lastTouch = -Infinity
  const points = (list: TouchList) => [...list].map(point)
  const onTouch = (event: TouchEvent) => {
    lastTouch = event.timeStamp
    const touches = points(event.touches)
    const changed = points(event.changedTouches)
    const prevented =
      event.type === 'touchstart'
        ? start(event.target as Node, touches, changed)
        : event.type === 'touchmove'
          ? move(touches, changed)
          : end(touches, changed, event.type === 'touchcancel')
    if (prevented && event.cancelable && event.type === 'touchmove') event.preventDefault()
  }
  for (const type of ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const)
    root.addEventListener(type, onTouch, { passive: false })
  return moment => moment - lastTouch
}

function listenToMouse(root: HTMLElement, { start, move, end }: Fingers, sinceTouch: (moment: number) => number): void {
  let mouseTarget: Node | undefined
  root.addEventListener('mousedown', event => {
    if (event.button !== 0 || sinceTouch(event.timeStamp) <= MOUSE_AFTER_TOUCH) return
    mouseTarget = event.target as Node
    const at = point({ ...coordinates(event), identifier: 0 })
    start(mouseTarget, [at], [at])
  })
  window.addEventListener('mousemove', event => {
    if (!mouseTarget) return
    const at = point({ ...coordinates(event), identifier: 0 })
    if (move([at], [at])) event.preventDefault()
    else if (!isEditable(mouseTarget)) dragScroll(mouseTarget, event.movementX, event.movementY)
  })
  window.addEventListener('mouseup', event => {
    if (!mouseTarget || event.button !== 0) return
    mouseTarget = undefined
    end([], [point({ ...coordinates(event), identifier: 0 })], false)
  })
}

const coordinates = ({ clientX, clientY }: MouseEvent) => ({ clientX, clientY })
const isEditable = (node: Node) => node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement

/** Pages and elements scroll only inside their own boxes, so page and client coordinates differ by the page's scroll position. */
function point({ identifier, clientX, clientY }: { identifier: number; clientX: number; clientY: number }): Point {
  const scroller = document.elementFromPoint(clientX, clientY)?.closest('.mp-page')
  return { identifier, clientX, clientY, pageX: clientX, pageY: clientY + (scroller?.scrollTop ?? 0) }
}

/** A mouse drags what a finger would scroll. */
function dragScroll(from: Node, x: number, y: number): void {
  const scrolls = (size: number, room: number, overflow: string) => room - size > 1 && (overflow === 'auto' || overflow === 'scroll')
  for (let at: Node | null = from; at; at = at.parentNode) {
    if (!(at instanceof HTMLElement)) continue
    const { overflowX, overflowY } = getComputedStyle(at)
    const vertical = scrolls(at.clientHeight, at.scrollHeight, overflowY)
    const horizontal = scrolls(at.clientWidth, at.scrollWidth, overflowX)
    if (vertical) at.scrollTop -= y
    if (horizontal) at.scrollLeft -= x
    if (vertical || horizontal) return
  }
}
