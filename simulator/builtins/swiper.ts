// <swiper>: items lie on a track that CSS snaps; dragging, autoplay and `current` move it.
import { ancestor, type Builtin, type Host } from './define.ts'

type Get = Host['get']

/** One beside another, the current one in the middle. @param offset CSS px, by which a finger has moved them */
function placeItems(items: readonly HTMLElement[], get: Get, offset: number, animated: boolean): void {
  const vertical = get<boolean>('vertical')
  const current = get<number>('current')
  items.forEach((item, index) => {
    item.style.transition = animated ? `transform ${get<number>('duration')}ms` : 'none'
    const shift = `calc(${(index - current) * 100}% + ${offset}px)`
    item.style.transform = vertical ? `translate(0, ${shift})` : `translate(${shift}, 0)`
    item.setAttribute('aria-hidden', String(index !== current))
  })
}

const dotsFor = (items: readonly HTMLElement[], get: Get): HTMLElement[] =>
  (get('indicatorDots') ? items : []).map((_, index) => {
    const dot = document.createElement('i')
    dot.style.background = get(index === get('current') ? 'indicatorActiveColor' : 'indicatorColor')
    return dot
  })

export const swiper: Builtin = {
  tag: 'swiper',
  properties: {
    indicatorDots: [Boolean, false],
    indicatorColor: [String, 'rgba(0, 0, 0, .3)'],
    indicatorActiveColor: [String, '#000000'],
    autoplay: [Boolean, false],
    current: [Number, 0],
    interval: [Number, 5000],
    duration: [Number, 500],
    circular: [Boolean, false],
    vertical: [Boolean, false],
    previousMargin: [String, '0px'],
    nextMargin: [String, '0px'],
    easingFunction: [String, 'default'],
  },
  setup({ element, get, set, send, on }) {
    const dots = document.createElement('div')
    dots.className = 'mp-swiper-dots'
    element.append(dots)
    let source: '' | 'autoplay' | 'touch' = ''
    let from = 0
    let timer = 0
    let shown = get<number>('current')
    let placed: HTMLElement[] = []
    // items of a swiper inside an item are not this one's
    const items = () => [...element.querySelectorAll<HTMLElement>('wx-swiper-item')].filter(item => ancestor(item, 'swiper') === element)
    const place = (offset = 0, animated = true) => {
      placed = items()
      placeItems(placed, get, offset, animated)
      dots.replaceChildren(...dotsFor(placed, get))
    }
    const move = (to: number, why: typeof source) => {
      const count = items().length
      if (count === 0) return
      source = why
      set({ current: get('circular') ? (to + count) % count : Math.max(0, Math.min(to, count - 1)) })
    }
    element.__swipeTo = index => {
      if (!items()[index]) return false
      if (index !== get('current')) move(index, 'touch')
      return true
    }
    const coordinate = (event: unknown, list: 'touches' | 'changedTouches') => {
      const touch = (event as Record<string, { clientX: number; clientY: number }[]>)[list]?.[0]
      return (get('vertical') ? touch?.clientY : touch?.clientX) ?? 0
    }
    on('touchstart', event => (from = coordinate(event, 'touches')))
    on('touchmove', event => place(coordinate(event, 'touches') - from, false))
    on('touchend', event => {
      const distance = coordinate(event, 'changedTouches') - from
      if (Math.abs(distance) > 40) move(get<number>('current') + (distance < 0 ? 1 : -1), 'touch')
      place()
    })
    const play = () => {
      clearInterval(timer)
      if (get('autoplay') && element.isConnected)
        timer = window.setInterval(
          () => move(get('circular') || get<number>('current') < items().length - 1 ? get<number>('current') + 1 : 0, 'autoplay'),
          get('interval'),
        )
    }
    // placing writes into the element that is watched (styles, dots): only another list of items is a reason to place again
    const watcher = new MutationObserver(() => {
      const now = items()
      if (now.length === placed.length && now.every((item, index) => item === placed[index])) return
      place(0, false)
    })
    return {
      changed: {
        current: (current: number) => {
          place()
          if (element.isConnected && current !== shown) {
            const itemId = items()[current]?.getAttribute('data-item-id') ?? ''
            const detail = { current, currentItemId: itemId, source }
            send('change', detail)
            setTimeout(() => send('animationfinish', detail), get('duration'))
          }
          shown = current
          source = ''
        },
        autoplay: play,
        interval: play,
        vertical: () => place(0, false),
        indicatorDots: () => place(0, false),
        previousMargin: (margin: string) => element.style.setProperty('--previous', margin),
        nextMargin: (margin: string) => element.style.setProperty('--next', margin),
      },
      attached: () => {
        watcher.observe(element, { childList: true, subtree: true })
        place(0, false)
        play()
      },
      detached: () => {
        watcher.disconnect()
        clearInterval(timer)
      },
    }
  },
}

export const swiperItem: Builtin = {
  tag: 'swiper-item',
  properties: { itemId: [String, ''], skipHiddenItemLayout: [Boolean, false] },
  setup: ({ element }) => ({ changed: { itemId: (id: string) => element.setAttribute('data-item-id', id) } }),
}
