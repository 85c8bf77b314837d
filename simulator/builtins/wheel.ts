// A column that snaps to one item at a time, for <picker> and <picker-view>.
const ITEM = 34

/** @returns scrolls to an item without telling `chosen` */
export function snapColumn(column: HTMLElement, itemHeight: () => number, chosen: (index: number) => void): (index: number) => void {
  let settled = 0
  let timer = 0
  column.addEventListener('scroll', () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      const index = Math.round(column.scrollTop / (itemHeight() || ITEM))
      if (index === settled) return
      settled = index
      chosen(index)
    }, 80)
  })
  return index => {
    settled = index
    column.scrollTop = index * (itemHeight() || ITEM)
  }
}

/** A column of texts. */
export function textColumn(texts: string[], selected: number, chosen: (index: number) => void): HTMLElement {
  const column = document.createElement('div')
  column.className = 'mp-wheel'
  const go = snapColumn(column, () => ITEM, chosen)
  texts.forEach((text, index) => {
    const item = document.createElement('div')
    item.textContent = text
    item.addEventListener('click', () => column.scrollTo({ top: index * ITEM, behavior: 'smooth' }))
    column.append(item)
  })
  requestAnimationFrame(() => go(selected))
  return column
}
