// <switch>, <checkbox>, <radio> with their groups, and <label>.
import { ancestor, type Builtin, type BuiltinElement, type Host } from './define.ts'

type Group = BuiltinElement & { __choose?: (from: Host) => void }

function reflectChecked({ element }: Host, role: string) {
  element.setAttribute('role', role)
  return {
    checked: (checked: boolean) => {
      element.toggleAttribute('checked', checked)
      element.setAttribute('aria-checked', String(checked))
    },
    disabled: (disabled: boolean) => {
      element.toggleAttribute('disabled', disabled)
      element.setAttribute('aria-disabled', String(disabled))
      element.tabIndex = disabled ? -1 : 0
    },
    color: (color: string) => (color ? element.style.setProperty('--choice-color', color) : element.style.removeProperty('--choice-color')),
  }
}

export const switchControl: Builtin = {
  tag: 'switch',
  properties: { checked: [Boolean, false], disabled: [Boolean, false], type: [String, 'switch'], color: [String, ''], name: [String, ''] },
  setup(host) {
    const { element, get, set, send, on } = host
    const flip = () => {
      if (get('disabled')) return
      set({ checked: !get('checked') })
      send('change', { value: get('checked') })
    }
    on('tap', flip)
    element.__activate = flip
    element.__field = { name: () => get('name'), value: () => get('checked'), reset: () => set({ checked: false }) }
    return { changed: { ...reflectChecked(host, 'switch'), type: (type: string) => element.setAttribute('type', type) } }
  },
}

function choice(tag: 'checkbox' | 'radio'): Builtin {
  return {
    tag,
    properties: { value: [null, ''], checked: [Boolean, false], disabled: [Boolean, false], color: [String, ''] },
    setup(host) {
      const { element, get, set, on } = host
      const choose = () => {
        if (get('disabled') || (tag === 'radio' && get('checked'))) return
        set({ checked: !get('checked') })
        ;(ancestor(element, `${tag}-group`) as Group | null)?.__choose?.(host)
      }
      on('tap', choose)
      element.__activate = choose
      return { changed: reflectChecked(host, tag) }
    },
  }
}

function group(tag: 'checkbox' | 'radio'): Builtin {
  return {
    tag: `${tag}-group`,
    properties: { name: [String, ''] },
    setup({ element, get, send }) {
      const members = () => [...element.querySelectorAll<BuiltinElement>(`wx-${tag}`)].map(({ __host }) => __host!)
      const values = () =>
        members()
          .filter(member => member.get('checked'))
          .map(member => member.get('value'))
      const value = () => (tag === 'radio' ? (values()[0] ?? '') : values())
      if (tag === 'radio') element.setAttribute('role', 'radiogroup')
      ;(element as Group).__choose = from => {
        if (tag === 'radio') for (const member of members()) if (member !== from && member.get('checked')) member.set({ checked: false })
        send('change', { value: value() })
      }
      element.__field = { name: () => get('name'), value, reset: () => members().forEach(member => member.set({ checked: false })) }
    },
  }
}

export const checkbox = choice('checkbox')
export const radio = choice('radio')
export const checkboxGroup = group('checkbox')
export const radioGroup = group('radio')

const CONTROLS = 'wx-button, wx-checkbox, wx-radio, wx-switch, wx-input, wx-textarea, wx-picker'

export const label: Builtin = {
  tag: 'label',
  properties: { for: [String, ''] },
  setup({ element, get, on, component }) {
    on('tap', event => {
      const target = (event as unknown as { target: { getBackendElement?: () => unknown } }).target.getBackendElement?.() as
        HTMLElement | undefined
      if (target?.closest?.(CONTROLS)) return
      const wanted = get<string>('for')
      const named = wanted ? component.ownerShadowRoot?.querySelector(`#${wanted}`)?.getBackendElement() : element.querySelector(CONTROLS)
      ;(named as BuiltinElement | null | undefined)?.__activate?.()
    })
  },
}
