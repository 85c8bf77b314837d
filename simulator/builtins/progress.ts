import type { Builtin } from './define.ts'

const length = (value: unknown) => (typeof value === 'number' || /^\d+(\.\d+)?$/.test(String(value)) ? `${value}px` : String(value))

export const progress: Builtin = {
  tag: 'progress',
  properties: {
    percent: [Number, 0],
    showInfo: [Boolean, false],
    borderRadius: [null, 0],
    fontSize: [null, 16],
    strokeWidth: [null, 6],
    color: [String, ''],
    activeColor: [String, '#09BB07'],
    backgroundColor: [String, '#EBEBEB'],
    active: [Boolean, false],
    activeMode: [String, 'backwards'],
    duration: [Number, 30],
  },
  setup({ element, get, send }) {
    element.innerHTML = '<div class="mp-progress-bar"><div></div></div><span></span>'
    element.setAttribute('role', 'progressbar')
    const [bar, info] = element.children as unknown as [HTMLElement, HTMLElement]
    const fill = bar.firstElementChild as HTMLElement
    const draw = () => {
      const percent = Math.max(0, Math.min(100, get<number>('percent')))
      bar.style.cssText = `height:${length(get('strokeWidth'))};border-radius:${length(get('borderRadius'))};background:${get('backgroundColor')}`
      fill.style.cssText = `width:${percent}%;border-radius:inherit;background:${get<string>('color') || get('activeColor')};transition:${get('active') ? `width ${get<number>('duration') * percent}ms linear` : 'none'}`
      info.textContent = get('showInfo') ? `${percent}%` : ''
      info.style.fontSize = length(get('fontSize'))
      element.setAttribute('aria-valuenow', String(percent))
    }
    fill.addEventListener('transitionend', () => send('activeend', { curPercent: get('percent') }))
    return { changed: Object.fromEntries(Object.keys(progress.properties!).map(name => [name, draw])) }
  },
}

export const slider: Builtin = {
  tag: 'slider',
  properties: {
    min: [Number, 0],
    max: [Number, 100],
    step: [Number, 1],
    disabled: [Boolean, false],
    value: [Number, 0],
    color: [String, '#e9e9e9'],
    selectedColor: [String, '#1aad19'],
    activeColor: [String, ''],
    backgroundColor: [String, ''],
    blockSize: [Number, 28],
    blockColor: [String, '#ffffff'],
    showValue: [Boolean, false],
    name: [String, ''],
  },
  setup({ element, get, set, send, on }) {
    element.innerHTML =
      '<div class="mp-slider-track"><div class="mp-slider-fill"></div><div class="mp-slider-block"></div></div><span></span>'
    const [track, info] = element.children as unknown as [HTMLElement, HTMLElement]
    const [fill, block] = track.children as unknown as [HTMLElement, HTMLElement]
    element.setAttribute('role', 'slider')
    element.tabIndex = 0
    element.__field = { name: () => get('name'), value: () => get('value'), reset: () => set({ value: get('min') }) }
    const draw = () => {
      const [min, max, value] = [get<number>('min'), get<number>('max'), get<number>('value')]
      const share = ((value - min) / (max - min || 1)) * 100
      const size = Math.max(12, Math.min(28, get<number>('blockSize')))
      track.style.background = get<string>('backgroundColor') || get('color')
      fill.style.cssText = `width:${share}%;background:${get<string>('activeColor') || get('selectedColor')}`
      block.style.cssText = `left:${share}%;width:${size}px;height:${size}px;margin:${-size / 2}px;background:${get('blockColor')}`
      info.textContent = get('showValue') ? String(value) : ''
      element.setAttribute('aria-valuenow', String(value))
    }
    const to = (clientX: number, event: 'changing' | 'change') => {
      if (get('disabled')) return
      const { left, width } = track.getBoundingClientRect()
      const [min, max, step] = [get<number>('min'), get<number>('max'), get<number>('step')]
      const steps = Math.round((((clientX - left) / width) * (max - min)) / step)
      set({ value: Math.max(min, Math.min(max, min + steps * step)) })
      send(event, { value: get('value') })
    }
    const x = (event: unknown, list: 'touches' | 'changedTouches') =>
      (event as Record<string, { clientX: number }[]>)[list]?.[0]?.clientX ?? 0
    on('touchmove', event => to(x(event, 'touches'), 'changing'))
    on('touchend', event => to(x(event, 'changedTouches'), 'change'))
    element.addEventListener('keydown', ({ key }) => {
      const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[key]
      if (!direction || get('disabled')) return
      set({ value: Math.max(get('min'), Math.min(get('max'), get<number>('value') + direction * get<number>('step'))) })
      send('change', { value: get('value') })
    })
    return { changed: Object.fromEntries(Object.keys(slider.properties!).map(name => [name, draw])) }
  },
}
