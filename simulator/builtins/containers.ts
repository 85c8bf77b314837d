// <page-container>, <root-portal>, <movable-area> and <movable-view>.
import type { Builtin } from './define.ts'

export const pageContainer: Builtin = {
  tag: 'page-container',
  properties: {
    show: [Boolean, false],
    duration: [Number, 300],
    zIndex: [Number, 100],
    overlay: [Boolean, true],
    position: [String, 'bottom'],
    round: [Boolean, false],
    closeOnSlideDown: [Boolean, false],
    overlayStyle: [String, ''],
    customStyle: [String, ''],
  },
  setup({ element, get, set, send }) {
    const overlay = document.createElement('div')
    overlay.className = 'mp-page-container-overlay'
    overlay.addEventListener('click', () => {
      send('clickoverlay', {})
      set({ show: false })
    })
    let shown = false
    const toggle = (show: boolean) => {
      element.toggleAttribute('show', show)
      element.setAttribute('position', get('position'))
      element.toggleAttribute('round', get('round'))
      element.style.zIndex = String(get<number>('zIndex'))
      overlay.style.cssText = `z-index:${get<number>('zIndex') - 1};${get<string>('overlayStyle')}`
      if (show === shown) return
      shown = show
      if (show && get('overlay')) element.before(overlay)
      else overlay.remove()
      const [before, enter, after] = show ? ['beforeenter', 'enter', 'afterenter'] : ['beforeleave', 'leave', 'afterleave']
      send(before!, {})
      send(enter!, {})
      setTimeout(() => send(after!, {}), get('duration'))
    }
    return { changed: { show: toggle }, detached: () => overlay.remove() }
  },
}

/** Its content is drawn above the page: position: fixed inside no transformed box. */
export const rootPortal: Builtin = {
  tag: 'root-portal',
  properties: { enable: [Boolean, true] },
  setup({ element, get }) {
    // children stay where the framework put them; the element itself makes no box
    return { changed: { enable: () => element.toggleAttribute('enable', get('enable')) } }
  },
}

export const movableArea: Builtin = { tag: 'movable-area' }

export const movableView: Builtin = {
  tag: 'movable-view',
  properties: { direction: [String, 'none'], x: [null, 0], y: [null, 0], disabled: [Boolean, false] },
  setup({ element, get, set, send, on }) {
    let from: { x: number; y: number; left: number; top: number } | undefined
    const number = (name: string) => Number.parseFloat(String(get(name))) || 0
    const draw = () => (element.style.transform = `translate(${number('x')}px, ${number('y')}px)`)
    const touch = (event: unknown) => (event as { touches: { clientX: number; clientY: number }[] }).touches[0]!
    on('touchstart', event => {
      const { clientX: x, clientY: y } = touch(event)
      from = get('disabled') ? undefined : { x, y, left: number('x'), top: number('y') }
    })
    on('touchmove', event => {
      const area = element.parentElement
      const direction = get<string>('direction')
      if (!from || !area || direction === 'none') return
      const { clientX, clientY } = touch(event)
      const within = (value: number, room: number) => Math.max(Math.min(0, room), Math.min(Math.max(0, room), value))
      const x = direction === 'vertical' ? from.left : within(from.left + clientX - from.x, area.clientWidth - element.offsetWidth)
      const y = direction === 'horizontal' ? from.top : within(from.top + clientY - from.y, area.clientHeight - element.offsetHeight)
      set({ x, y })
      send('change', { x, y, source: 'touch' })
    })
    return { changed: { x: draw, y: draw } }
  },
}
