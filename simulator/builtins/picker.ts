// <picker>: a tap opens a sheet with wheels. Modes selector, multiSelector, time, date; region is refused, as the simulator has no list of regions.
import type { Builtin } from './define.ts'
import { textColumn } from './wheel.ts'

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
const two = (value: number) => String(value).padStart(2, '0')

/** Opens the sheet; `columns` is asked again after each choice, as days depend on the month. */
function openSheet(
  title: string,
  columns: () => string[][],
  selected: number[],
  moved: (column: number, index: number) => void,
  done: (confirmed: boolean) => void,
): void {
  const sheet = document.createElement('div')
  sheet.className = 'mp-picker'
  sheet.setAttribute('role', 'dialog')
  const bar = document.createElement('div')
  bar.className = 'mp-picker-bar'
  const wheels = document.createElement('div')
  wheels.className = 'mp-picker-wheels'
  const close = (confirmed: boolean) => {
    sheet.remove()
    done(confirmed)
  }
  for (const [text, confirmed] of [
    ['取消', false],
    [title, undefined],
    ['确定', true],
  ] as const) {
    const item = document.createElement(confirmed === undefined ? 'span' : 'button')
    item.textContent = text
    if (confirmed !== undefined) item.addEventListener('click', () => close(confirmed))
    bar.append(item)
  }
  const draw = () => {
    wheels.replaceChildren(
      ...columns().map((texts, column) =>
        textColumn(texts, Math.min(selected[column] ?? 0, texts.length - 1), index => {
          const counts = columns()
            .map(({ length }) => length)
            .join()
          selected[column] = index
          moved(column, index)
          if (
            columns()
              .map(({ length }) => length)
              .join() !== counts
          )
            draw()
        }),
      ),
    )
  }
  draw()
  sheet.addEventListener('click', event => event.target === sheet && close(false))
  sheet.append(bar, wheels)
  document.querySelector('.mp-root')?.append(sheet)
}

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
    const label = (item: unknown) => String(get<string>('rangeKey') ? (item as Record<string, unknown>)[get<string>('rangeKey')] : item)
    const modes: Record<string, () => { columns: () => string[][]; selected: number[]; value: (selected: number[]) => unknown }> = {
      selector: () => ({
        columns: () => [get<unknown[]>('range').map(label)],
        selected: [Number(get('value')) || 0],
        value: ([index]) => index ?? 0,
      }),
      multiSelector: () => ({
        columns: () => get<unknown[][]>('range').map(column => column.map(label)),
        selected: [...((get('value') as number[]) || [])],
        value: selected => get<unknown[][]>('range').map((_, index) => selected[index] ?? 0),
      }),
      time: () => {
        const [hour = 0, minute = 0] = String(get('value') || '00:00')
          .split(':')
          .map(Number)
        return {
          columns: () => [range(0, 23).map(two), range(0, 59).map(two)],
          selected: [hour, minute],
          value: ([h = 0, m = 0]) => `${two(h)}:${two(m)}`,
        }
      },
      date: () => {
        const today = new Date()
        const [y, m, d] = String(get('value') || '')
          .split('-')
          .map(Number)
        const first = Number(get<string>('start').slice(0, 4)) || 1970
        const years = range(first, Number(get<string>('end').slice(0, 4)) || 2099)
        const count = { year: 1, month: 2, day: 3 }[get<string>('fields')] ?? 3
        const selected = [(y || today.getFullYear()) - first, (m || today.getMonth() + 1) - 1, (d || today.getDate()) - 1]
        const days = () => new Date(first + selected[0]!, selected[1]! + 1, 0).getDate()
        const columns = () =>
          [
            years.map(year => `${year}年`),
            range(1, 12).map(month => `${two(month)}月`),
            range(1, days()).map(day => `${two(day)}日`),
          ].slice(0, count)
        return {
          columns,
          selected,
          value: ([year = 0, month = 0, day = 0]) =>
            [String(first + year), two(month + 1), two(Math.min(day + 1, days()))].slice(0, count).join('-'),
        }
      },
    }
    const open = () => {
      if (get('disabled')) return
      const mode = modes[get<string>('mode')]
      if (!mode) throw new Error(`<picker mode="${get<string>('mode')}"> is not supported by the simulator`)
      const { columns, selected, value } = mode()
      openSheet(
        get('headerText'),
        columns,
        selected,
        (column, index) => get('mode') === 'multiSelector' && send('columnchange', { column, value: index }),
        confirmed => {
          if (!confirmed) return send('cancel', {})
          set({ value: value(selected) })
          send('change', { value: get('value') })
        },
      )
    }
    on('tap', open)
    element.__activate = open
    element.tabIndex = 0
  },
}
