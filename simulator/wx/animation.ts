// wx.createAnimation: collects steps; the `animation` attribute of a component gets what export() answers ({ actions }).

interface Action {
  animates: { type: string; args: unknown[] }[]
  option: { transformOrigin: string; transition: { duration: number; timingFunction: string; delay: number } }
}

interface AnimationOptions {
  duration?: number
  timingFunction?: string
  delay?: number
  transformOrigin?: string
}

const TRANSFORMS = `matrix matrix3d rotate rotate3d rotateX rotateY rotateZ scale scale3d scaleX scaleY scaleZ skew skewX skewY translate translate3d translateX translateY translateZ`
const STYLES = {
  opacity: 'opacity',
  backgroundColor: 'background-color',
  width: 'width',
  height: 'height',
  left: 'left',
  top: 'top',
  right: 'right',
  bottom: 'bottom',
}
const LENGTHS = new Set(['width', 'height', 'left', 'top', 'right', 'bottom'])

const length = (value: unknown) => (typeof value === 'number' ? `${value}px` : value)

/** A class of its own is seen by the app as it is, not as a copy. */
class Held {
  constructor(fields: object) {
    Object.assign(this, fields)
  }
}

export function createAnimation(defaults: AnimationOptions = {}): Record<string, unknown> {
  let actions: Action[] = []
  let animates: Action['animates'] = []
  const { duration = 400, timingFunction = 'linear', delay = 0, transformOrigin = '50% 50% 0' } = defaults
  const transition = new Held({ duration, timingFunction, delay })
  const animation: Record<string, unknown> = {
    step: (options: AnimationOptions = {}) => {
      const { transformOrigin: origin = transformOrigin, ...given } = options
      actions.push({
        animates,
        option: { transformOrigin: origin, transition: { duration, timingFunction, delay, ...transition, ...given } },
      })
      animates = []
      return animation
    },
    /** Answers the steps so far and forgets them, as WeChat does. */
    export: () => {
      const exported = { actions }
      actions = []
      return exported
    },
  }
  // no page of WeChat's names it, and libraries change the duration in it
  animation['option'] = new Held({ transformOrigin, delay, transition })
  for (const type of TRANSFORMS.split(' ')) {
    animation[type] = (...args: unknown[]) => {
      animates.push({ type, args })
      return animation
    }
  }
  for (const [name, property] of Object.entries(STYLES)) {
    animation[name] = (value: unknown) => {
      animates.push({ type: 'style', args: [property, LENGTHS.has(name) ? length(value) : value] })
      return animation
    }
  }
  return animation
}
