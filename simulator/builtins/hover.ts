// hover-class: while a finger rests on an element. Built-ins that have it register themselves on their DOM element.
import type * as glassEasel from 'glass-easel'

export interface Hover {
  /** 'none' for no hover */
  className: string
  startTime: number
  stayTime: number
  stopPropagation: boolean
  disabled: boolean
}

type Hoverable = HTMLElement & { __hover?: () => Hover; __wxElement?: glassEasel.Element }

/** A place among the framework's class segments that templates do not use. */
const SEGMENT = 3
let current: { element: Hoverable; hover: Hover; timer: number; on: boolean }[] = []

export function startHover(target: HTMLElement): void {
  stopHover(true)
  for (let at: Hoverable | null = target; at; at = at.parentElement) {
    const hover = at.__hover?.()
    if (!hover || hover.disabled || hover.className === 'none' || !hover.className) continue
    const held: (typeof current)[0] = { element: at, hover, timer: 0, on: false }
    held.timer = window.setTimeout(() => {
      held.on = true
      toggle(at!, hover.className, true)
    }, hover.startTime)
    current.push(held)
    // WeChat hovers the innermost element that asks for it, and those above unless they are kept out
    if (hover.stopPropagation) return
  }
}

export function stopHover(atOnce: boolean): void {
  for (const { element, hover, timer, on } of current) {
    const off = () => {
      clearTimeout(timer)
      toggle(element, hover.className, false)
    }
    if (atOnce) off()
    else setTimeout(off, on ? hover.stayTime : hover.startTime + hover.stayTime)
  }
  current = []
}

function toggle(element: Hoverable, className: string, on: boolean): void {
  if (className === 'button-hover') element.classList.toggle(className, on)
  else element.__wxElement?.setNodeClass(on ? className : '', SEGMENT as never)
}
