// <picker>: a tap opens a sheet with wheels.
import type { Builtin } from './define.ts'
import { MODES } from './picker-modes.ts'
import { openSheet, type Sheet } from './picker-sheet.ts'

export const picker: Builtin = {
  tag: 'picker',
  properties: {
    headerText: [String, ''],
    mode: [String, 'selector'],
    disabled: [Boolean, false],
    range: [Array, []],
    rangeKey: [String, ''],
    value: [null, 0],
    start: [String, ''],
    end: [String, ''],
    fields: [String, 'day'],
    customItem: [String, ''],
    level: [String, 'region'],
    name: [String, ''],
  },
  setup({ element, get, set, send, on }) {
    element.__field = {
      name: () => get('name'),
      value: () => get('value'),
      reset: () => set({ value: get('mode') === 'multiSelector' ? [] : 0 }),
    }
    let sheet: Sheet | undefined
    let selected: number[] = []
    let confirming = false
    const mode = () => {
      const make = MODES[get<string>('mode')]
      if (!make) throw new Error(`<picker mode="${get<string>('mode')}"> is not supported by the simulator`)
      return make(get)
    }
    const show = () => {
      // what is selected beyond a shorter column is its last item
      const columns = mode().columns(selected)
      selected = columns.map(({ length }, index) => Math.max(0, Math.min(selected[index] ?? 0, length - 1)))
      sheet?.show(mode().columns(selected), selected)
    }
    const moved = (column: number, index: number) => {
      selected[column] = index
      // the columns to the right of a province are of another one now
      if (get('mode') === 'region') selected = selected.slice(0, column + 1)
      if (get('mode') === 'multiSelector' || get('mode') === 'region') send('columnchange', { column, value: index })
      show()
    }
    const done = (confirmed: boolean) => {
      sheet = undefined
      if (!confirmed) return send('cancel', {})
      const detail = mode().detail(selected)
      confirming = true
      set({ value: detail.value })
      confirming = false
      send('change', detail)
    }
    const open = () => {
      if (get('disabled')) return
      selected = mode().selected(get('value'))
      sheet = openSheet(get('headerText'), moved, done)
      show()
    }
    on('tap', open)
    element.__activate = open
    element.tabIndex = 0
    return {
      changed: {
        // an app answers columnchange with another range or value
        range: () => sheet && show(),
        value: (value: unknown) => {
          if (!sheet || confirming) return
          selected = mode().selected(value)
          show()
        },
      },
      detached: () => sheet?.close(),
    }
  },
}
