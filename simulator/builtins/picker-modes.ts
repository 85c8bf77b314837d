// What the wheels of <picker> hold in each mode, and what a choice means.
import { areaList } from '@vant/area-data'

export interface PickerMode {
  /** texts of the columns for what is selected now: days depend on the month, cities on the province */
  columns(selected: number[]): string[][]
  /** indexes of a value of the property */
  selected(value: unknown): number[]
  /** detail of `change` */
  detail(selected: number[]): Record<string, unknown> & { value: unknown }
}

type Get = <T>(name: string) => T

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
const two = (value: number) => String(value).padStart(2, '0')
const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value))

export const MODES: Record<string, (get: Get) => PickerMode> = { selector, multiSelector, time, date, region }

function labels(get: Get, items: unknown): string[] {
  const key = get<string>('rangeKey')
  return (Array.isArray(items) ? items : []).map(item => String(key ? (item as Record<string, unknown> | null)?.[key] : item))
}

function selector(get: Get): PickerMode {
  return {
    columns: () => [labels(get, get('range'))],
    selected: value => [Number(value) || 0],
    detail: ([index = 0]) => ({ value: index }),
  }
}

function multiSelector(get: Get): PickerMode {
  return {
    columns: () => get<unknown[]>('range').map(column => labels(get, column)),
    selected: value => (Array.isArray(value) ? value.map(index => Number(index) || 0) : []),
    detail: selected => ({ value: get<unknown[]>('range').map((_, index) => selected[index] ?? 0) }),
  }
}

function time(get: Get): PickerMode {
  const minutesOf = (text: string, otherwise: number) => {
    const [hour, minute] = text.split(':').map(Number)
    return Number.isFinite(hour) ? hour! * 60 + (minute || 0) : otherwise
  }
  const bounds = () => [minutesOf(get('start'), 0), minutesOf(get('end'), 23 * 60 + 59)] as const
  const hours = () => range(Math.floor(bounds()[0] / 60), Math.floor(bounds()[1] / 60))
  const minutes = (hour: number) => {
    const [least, most] = bounds()
    return range(clamp(least - hour * 60, 0, 59), clamp(most - hour * 60, 0, 59))
  }
  const hourOf = ([index = 0]: number[]) => hours()[index] ?? hours()[0] ?? 0
  return {
    columns: selected => [hours().map(two), minutes(hourOf(selected)).map(two)],
    selected: value => {
      const at = clamp(minutesOf(String(value || ''), 0), ...bounds())
      const hour = Math.floor(at / 60)
      return [hours().indexOf(hour), minutes(hour).indexOf(at % 60)]
    },
    detail: selected => {
      const hour = hourOf(selected)
      const choices = minutes(hour)
      return { value: `${two(hour)}:${two(choices[Math.min(selected[1] ?? 0, choices.length - 1)] ?? 0)}` }
    },
  }
}

/** Year, month and day; of a bound that names fewer the first or the last. */
function dayOf(text: string, otherwise: [number, number, number]): [number, number, number] {
  const [year, month, day] = text.split('-').map(Number)
  return year ? [year, month || otherwise[1], day || otherwise[2]] : otherwise
}

function date(get: Get): PickerMode {
  const count = () => ({ year: 1, month: 2, day: 3 })[get<string>('fields')] ?? 3
  const first = () => dayOf(get('start'), [1970, 1, 1])
  const last = () => dayOf(get('end'), [2099, 12, 31])
  const years = () => range(first()[0], last()[0])
  const months = (year: number) => range(year === first()[0] ? first()[1] : 1, year === last()[0] ? last()[1] : 12)
  const days = (year: number, month: number) => {
    const isBound = ([boundYear, boundMonth]: number[]) => boundYear === year && boundMonth === month
    const most = new Date(year, month, 0).getDate()
    return range(isBound(first()) ? first()[2] : 1, isBound(last()) ? Math.min(last()[2], most) : most)
  }
  const at = (list: number[], index = 0) => list[clamp(index, 0, list.length - 1)] ?? 1
  const chosen = (selected: number[]) => {
    const year = at(years(), selected[0])
    const month = at(months(year), selected[1])
    return [year, month, at(days(year, month), selected[2])] as const
  }
  return {
    columns: selected => {
      const [year, month] = chosen(selected)
      const all = [years().map(y => `${y}年`), months(year).map(m => `${two(m)}月`), days(year, month).map(d => `${two(d)}日`)]
      return all.slice(0, count())
    },
    selected: value => {
      const today = new Date()
      const [year, month, day] = dayOf(String(value || ''), [today.getFullYear(), today.getMonth() + 1, today.getDate()])
      const index = (list: number[], wanted: number) => clamp(wanted - list[0]!, 0, list.length - 1)
      const atYear = index(years(), year)
      const atMonth = index(months(at(years(), atYear)), month)
      return [atYear, atMonth, index(days(at(years(), atYear), at(months(at(years(), atYear)), atMonth)), day)]
    },
    detail: selected => {
      const [year, month, day] = chosen(selected)
      return { value: [String(year), two(month), two(day)].slice(0, count()).join('-') }
    },
  }
}

type Place = { code: string; name: string }

/** Provinces, the cities of a province (by the first two digits of its code), the districts of a city (by the first four). */
function places(list: Record<string, string>, prefix: string): Place[] {
  return Object.entries(list)
    .filter(([code]) => code.startsWith(prefix))
    .map(([code, name]) => ({ code, name }))
}

function region(get: Get): PickerMode {
  const custom = (): Place[] => (get<string>('customItem') ? [{ code: '', name: get('customItem') }] : [])
  const lists = (selected: number[]): Place[][] => {
    const provinces = [...custom(), ...places(areaList.province_list, '')]
    const province = provinces[selected[0] ?? 0]?.code
    const cities = [...custom(), ...(province ? places(areaList.city_list, province.slice(0, 2)) : [])]
    const city = cities[selected[1] ?? 0]?.code
    const districts = [...custom(), ...(city ? places(areaList.county_list, city.slice(0, 4)) : [])]
    return [provinces, cities, districts].slice(0, { province: 1, city: 2 }[get<string>('level')] ?? 3)
  }
  return {
    columns: selected => lists(selected).map(list => list.map(({ name }) => name)),
    selected: value => {
      const indexes: number[] = []
      for (const [at, name] of (Array.isArray(value) ? value : []).entries())
        indexes.push(
          Math.max(
            0,
            (lists(indexes)[at] ?? []).findIndex(place => place.name === name),
          ),
        )
      return indexes
    },
    detail: selected => {
      const chosen = lists(selected).map((list, at) => list[Math.min(selected[at] ?? 0, list.length - 1)])
      return {
        value: chosen.map(place => place?.name ?? ''),
        code: chosen.map(place => place?.code ?? '').filter(Boolean),
      }
    },
  }
}
