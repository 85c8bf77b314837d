// The sheet that <picker> opens over the page. One is open at a time, and a page that is left takes it along.
import { textColumn } from './wheel.ts'

export interface Sheet {
  /** texts of each column and which is selected */
  show(columns: string[][], selected: number[]): void
  close(): void
}

let open: (() => void) | undefined

/** From the runtime: another page is shown. */
export function closePickers(): void {
  open?.()
}

/** @param done with true when the person confirms */
export function openSheet(title: string, moved: (column: number, index: number) => void, done: (confirmed: boolean) => void): Sheet {
  closePickers()
  const sheet = document.createElement('div')
  sheet.className = 'mp-picker'
  sheet.setAttribute('role', 'dialog')
  const wheels = document.createElement('div')
  wheels.className = 'mp-picker-wheels'
  const columns: ReturnType<typeof textColumn>[] = []
  const close = () => {
    sheet.remove()
    open = undefined
  }
  const end = (confirmed: boolean) => {
    close()
    done(confirmed)
  }
  sheet.append(bar(title, end), wheels)
  sheet.addEventListener('click', event => event.target === sheet && end(false))
  document.querySelector('.mp-root')?.append(sheet)
  open = () => end(false)
  return {
    close,
    show(texts, selected) {
      while (columns.length < texts.length) {
        const index = columns.length
        columns.push(textColumn(chosen => moved(index, chosen)))
      }
      const shown = columns.slice(0, texts.length)
      if (wheels.children.length !== shown.length) wheels.replaceChildren(...shown.map(({ column }) => column))
      shown.forEach((column, index) => column.show(texts[index]!, Math.max(0, Math.min(selected[index] ?? 0, texts[index]!.length - 1))))
    },
  }
}

function bar(title: string, end: (confirmed: boolean) => void): HTMLElement {
  const made = document.createElement('div')
  made.className = 'mp-picker-bar'
  const button = (text: string, confirmed: boolean) => {
    const item = document.createElement('button')
    item.textContent = text
    item.addEventListener('click', () => end(confirmed))
    return item
  }
  const middle = document.createElement('span')
  middle.textContent = title
  made.append(button('取消', false), middle, button('确定', true))
  return made
}
