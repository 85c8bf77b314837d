import type { Builtin } from './define.ts'

export const scrollView: Builtin = {
  tag: 'scroll-view',
  properties: {
    scrollX: [Boolean, false],
    scrollY: [Boolean, false],
    upperThreshold: [null, 50],
    lowerThreshold: [null, 50],
    scrollTop: [null, null],
    scrollLeft: [null, null],
    scrollIntoView: [String, ''],
    scrollWithAnimation: [Boolean, false],
    enableBackToTop: [Boolean, false],
    enablePassive: [null, false],
    enableFlex: [Boolean, false],
    enhanced: [Boolean, false],
    bounces: [Boolean, true],
    showScrollbar: [Boolean, true],
    pagingEnabled: [Boolean, false],
    fastDeceleration: [Boolean, false],
    scrollAnchoring: [Boolean, false],
    refresherEnabled: [Boolean, false],
    refresherThreshold: [Number, 45],
    refresherDefaultStyle: [String, 'black'],
    refresherBackground: [String, '#fff'],
    refresherTriggered: [Boolean, false],
  },
  setup({ element, get, set, send, component, on }) {
    let before = { top: 0, left: 0 }
    let atStart = true
    let atEnd = false
    const threshold = (name: string) => Number.parseFloat(String(get(name))) || 0
    element.addEventListener('scroll', () => {
      const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight, clientWidth } = element
      const [deltaX, deltaY] = [before.left - scrollLeft, before.top - scrollTop]
      before = { top: scrollTop, left: scrollLeft }
      send('scroll', { scrollLeft, scrollTop, scrollHeight, scrollWidth, deltaX, deltaY })
      const vertical = get<boolean>('scrollY')
      const position = vertical ? scrollTop : scrollLeft
      const rest = vertical ? scrollHeight - clientHeight - scrollTop : scrollWidth - clientWidth - scrollLeft
      const start = position <= threshold('upperThreshold')
      const end = rest <= threshold('lowerThreshold')
      if (start && !atStart) send('scrolltoupper', { direction: vertical ? 'top' : 'left' })
      if (end && !atEnd) send('scrolltolower', { direction: vertical ? 'bottom' : 'right' })
      atStart = start
      atEnd = end
    })
    const scroll = (to: ScrollToOptions) => element.scrollTo({ ...to, behavior: get('scrollWithAnimation') ? 'smooth' : 'instant' })
    const position = () => {
      const [top, left] = [get<unknown>('scrollTop'), get<unknown>('scrollLeft')]
      if (top !== null && get('scrollY')) scroll({ top: Number.parseFloat(String(top)) })
      if (left !== null && get('scrollX')) scroll({ left: Number.parseFloat(String(left)) })
    }
    const intoView = (id: string) => {
      if (!id) return
      const target = component.ownerShadowRoot?.querySelector(`#${id}`)?.getBackendElement() as HTMLElement | null | undefined
      if (!target) return
      const [inner, outer] = [target.getBoundingClientRect(), element.getBoundingClientRect()]
      scroll({ top: element.scrollTop + inner.top - outer.top, left: element.scrollLeft + inner.left - outer.left })
    }
    const overflow = () => {
      element.style.overflowX = get('scrollX') ? 'auto' : 'hidden'
      element.style.overflowY = get('scrollY') ? 'auto' : 'hidden'
    }
    let startY: number | undefined
    const fingerY = (event: unknown) => (event as { touches: { clientY: number }[] }).touches[0]?.clientY ?? 0
    on('touchstart', event => (startY = get('refresherEnabled') && element.scrollTop <= 0 ? fingerY(event) : undefined))
    on('touchmove', event => startY !== undefined && fingerY(event) > startY && send('refresherpulling', { dy: fingerY(event) - startY }))
    on('touchend', event => {
      const end = (event as unknown as { changedTouches: { clientY: number }[] }).changedTouches[0]?.clientY ?? 0
      if (startY !== undefined && end - startY > get<number>('refresherThreshold') && !get('refresherTriggered')) {
        set({ refresherTriggered: true })
        send('refresherrefresh', { dy: end - startY })
      }
      startY = undefined
    })
    let triggered = false
    element.__node = () => ({
      scrollTo: (to: { top?: number; left?: number; animated?: boolean }) =>
        element.scrollTo({ ...to, behavior: to.animated === false ? 'instant' : 'smooth' }),
    })
    return {
      changed: {
        scrollX: overflow,
        scrollY: overflow,
        scrollTop: position,
        scrollLeft: position,
        scrollIntoView: (id: string) => queueMicrotask(() => intoView(id)),
        showScrollbar: (shown: boolean) => (element.style.scrollbarWidth = shown ? '' : 'none'),
        enableFlex: (flex: boolean) => element.toggleAttribute('enable-flex', flex),
        refresherTriggered: (on: boolean) => {
          element.toggleAttribute('refreshing', on)
          if (triggered && !on) send('refresherrestore', {})
          triggered = on
        },
      },
      attached: () => {
        position()
        intoView(get('scrollIntoView'))
      },
    }
  },
}
