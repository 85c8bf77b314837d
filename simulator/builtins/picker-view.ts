// <picker-view>: columns of the app's own items; the one in the middle counts. Items are as high as the indicator.
import { ancestor, type Builtin, type BuiltinElement } from './define.ts'
import { ITEM, turnWheel } from './wheel.ts'

type View = BuiltinElement & {
  __itemHeight?: () => number
  __wanted?: (column: Column) => number
  __chosen?: () => void
  __started?: () => void
  __ended?: () => void
}
type Column = BuiltinElement & { __index?: () => number; __lay?: () => void }

const layer = (name: string) => {
  const made = document.createElement('div')
  made.className = name
  return made
}

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
  setup({ element, get, set, send, named }) {
    const view = element as View
    const columns = () => [...element.querySelectorAll<Column>('wx-picker-view-column')]
    const lay = () => columns().forEach(column => column.__lay?.())
    const indicator = layer('mp-indicator')
    const mask = layer('mp-picker-mask')
    element.append(mask, indicator)
    view.__itemHeight = () => indicator.offsetHeight || ITEM
    view.__wanted = column => Number(get<number[]>('value')[columns().indexOf(column)] ?? 0)
    view.__started = () => send('pickstart', {})
    view.__ended = () => send('pickend', {})
    view.__chosen = () => {
      const value = columns().map(column => column.__index?.() ?? 0)
      set({ value })
      send('change', { value })
    }
    // a view that was hidden, or whose indicator got another height, has its items elsewhere
    const sizes = new ResizeObserver(lay)
    const style = (of: HTMLElement) => (text: string) => of.setAttribute('style', text)
    return {
      changed: {
        value: () => queueMicrotask(lay),
        indicatorStyle: style(indicator),
        maskStyle: style(mask),
        indicatorClass: (names: string) => (indicator.className = `mp-indicator ${named(names)}`),
        maskClass: (names: string) => (mask.className = `mp-picker-mask ${named(names)}`),
      },
      attached: () => {
        sizes.observe(element)
        sizes.observe(indicator)
      },
      detached: () => sizes.disconnect(),
    }
  },
}

export const pickerViewColumn: Builtin = {
  tag: 'picker-view-column',
  setup({ element }) {
    const column = element as Column
    const view = () => ancestor(element, 'picker-view') as View | null
    const itemHeight = () => view()?.__itemHeight?.() ?? ITEM
    const wheel = turnWheel(element, {
      itemHeight,
      count: () => element.children.length,
      chosen: () => view()?.__chosen?.(),
      started: () => view()?.__started?.(),
      ended: () => view()?.__ended?.(),
    })
    column.__index = () => wheel.index
    column.__lay = () => {
      const height = itemHeight()
      element.style.setProperty('--item', `${height}px`)
      element.style.setProperty('--room', `${Math.max(0, (element.clientHeight - height) / 2)}px`)
      wheel.go(view()?.__wanted?.(column) ?? 0)
    }
    // items that come or go keep what is chosen, as far as it is still there
    const items = new MutationObserver(() => column.__lay?.())
    return { attached: () => items.observe(element, { childList: true }), detached: () => items.disconnect() }
  },
}
