// The end of CSS transitions and animations, which templates hear by bindtransitionend and its like. They bubble, as touches do.
import * as glassEasel from 'glass-easel'

const TYPES = ['transitionend', 'animationstart', 'animationiteration', 'animationend'] as const

export function tellAnimations(root: HTMLElement): void {
  for (const type of TYPES) {
    root.addEventListener(type, event => {
      // parts inside a built-in are the simulator's own
      const element = (event.target as Node & { __wxElement?: glassEasel.Element }).__wxElement
      if (!element) return
      const { elapsedTime, animationName, propertyName } = event as AnimationEvent & TransitionEvent
      const detail = { elapsedTime, ...(animationName === undefined ? { propertyName } : { animationName }) }
      element.triggerEvent(type, detail, { bubbles: true, composed: true, capturePhase: true })
    })
  }
}
