import { ancestor, type Builtin, type BuiltinElement } from './define.ts'
import { snapColumn } from './wheel.ts'

type View = BuiltinElement & { __chosen?: () => void; __go?: () => void }
type Column = BuiltinElement & { __index?: number; __go?: (index: number) => void }

export const pickerView: Builtin = {
  tag: 'picker-view',
  properties: {
    value: [Array, []],
    indicatorStyle: [String, ''],
    indicatorClass: [String, ''],
    maskStyle: [String, ''],
    maskClass: [String, ''],
    immediateChange: [Boolean, false],
  },
  setup({ element, get, set, send }) {
    const columns = () => [...element.querySelectorAll<Column>('wx-picker-view-column')]
    const view = element as View
    view.__chosen = () => {
      const value = columns().map(({ __index }) => __index ?? 0)
      set({ value })
      send('change', { value })
    }
    view.__go = () => columns().forEach((column, index) => column.__go?.(Number(get<number[]>('value')[index] ?? 0)))
    const indicator = document.createElement('div')
    indicator.className = 'mp-indicator'
    element.append(indicator)
    return {
      changed: {
        value: () => queueMicrotask(() => view.__go?.()),
        indicatorStyle: (style: string) => indicator.setAttribute('style', style),
      },
      attached: () => requestAnimationFrame(() => view.__go?.()),
    }
  },
}

export const pickerViewColumn: Builtin = {
  tag: 'picker-view-column',
  setup({ element }) {
    const column = element as Column
    const view = () => ancestor(element, 'picker-view') as View | null
    const itemHeight = () => view()?.querySelector<HTMLElement>('.mp-indicator')?.offsetHeight ?? 34
    const go = snapColumn(element, itemHeight, index => {
      column.__index = index
      view()?.__chosen?.()
    })
    column.__go = index => {
      column.__index = index
      const height = itemHeight()
      element.style.setProperty('--item', `${height}px`)
      go(index)
    }
  },
}
