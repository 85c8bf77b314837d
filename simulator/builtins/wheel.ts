// A column that comes to rest on one item, for <picker> and <picker-view>.
export const ITEM = 34

export interface Wheel {
  /** scrolls to an item without telling `chosen`; an index beyond the last item means the last */
  go(index: number): void
  readonly index: number
}

export interface WheelParts {
  itemHeight(): number
  count(): number
  /** another item than before has come to rest */
  chosen(index: number): void
  /** a finger has begun to turn, the wheel has come to rest */
  started?(): void
  ended?(): void
}

/** after this long without a move the wheel comes to rest, in milliseconds */
const REST = 100

export function turnWheel(column: HTMLElement, { itemHeight, count, chosen, started, ended }: WheelParts): Wheel {
  let index = 0
  let timer = 0
  let pressed = false
  let turning = false
  const clamp = (value: number) => Math.max(0, Math.min(value, count() - 1))
  const rest = () => {
    if (pressed) return
    const near = clamp(Math.round(column.scrollTop / itemHeight()))
    const top = near * itemHeight()
    if (Math.abs(column.scrollTop - top) > 1) column.scrollTo({ top, behavior: 'smooth' })
    if (near !== index) {
      index = near
      chosen(near)
    }
    if (turning) ended?.()
    turning = false
  }
  const later = () => {
    clearTimeout(timer)
    timer = window.setTimeout(rest, REST)
  }
  const release = () => {
    pressed = false
    removeEventListener('pointerup', release)
    removeEventListener('pointercancel', release)
    later()
  }
  column.addEventListener('pointerdown', () => {
    pressed = true
    addEventListener('pointerup', release)
    addEventListener('pointercancel', release)
  })
  column.addEventListener('scroll', () => {
    if (pressed && !turning) {
      turning = true
      started?.()
    }
    later()
  })
  return {
    go(wanted) {
      index = clamp(wanted)
      column.scrollTop = index * itemHeight()
    },
    get index() {
      return index
    },
  }
}

/** A column of texts, and how to change them. */
export function textColumn(chosen: (index: number) => void): { column: HTMLElement; show(texts: string[], selected: number): void } {
  const column = document.createElement('div')
  column.className = 'mp-wheel'
  const wheel = turnWheel(column, { itemHeight: () => ITEM, count: () => column.children.length, chosen })
  let shown = ''
  const show = (texts: string[], selected: number) => {
    const text = texts.join('\n')
    if (text !== shown) {
      column.replaceChildren(
        ...texts.map((label, index) => {
          const item = document.createElement('div')
          item.textContent = label
          item.addEventListener('click', () => column.scrollTo({ top: index * ITEM, behavior: 'smooth' }))
          return item
        }),
      )
      shown = text
    }
    if (wheel.index !== selected || column.scrollTop === 0) requestAnimationFrame(() => wheel.go(selected))
  }
  return { column, show }
}
