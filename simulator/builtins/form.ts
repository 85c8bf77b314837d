// <form>: collects the fields below it, own and of components with the behavior wx://form-field.
import type * as glassEasel from 'glass-easel'
import type { Builtin, BuiltinElement } from './define.ts'

type Element = BuiltinElement & { __wxElement?: glassEasel.GeneralComponent; __submit?: (type: string, from: BuiltinElement) => void }

export const form: Builtin = {
  tag: 'form',
  properties: { reportSubmit: [Boolean, false], reportSubmitTimeout: [Number, 0] },
  setup({ element, send }) {
    const all = () => [...element.querySelectorAll<Element>('*')]
    const custom = (candidate: Element) => {
      const data = candidate.__wxElement?.data as { name?: unknown; value?: unknown } | undefined
      return !candidate.__host && candidate.hasAttribute('data-is') && data && 'name' in data && 'value' in data && data.name
        ? data
        : undefined
    }
    ;(element as Element).__submit = (type, from) => {
      if (type === 'reset') {
        for (const { __field } of all()) __field?.reset()
        send('reset', {})
        return
      }
      const value: Record<string, unknown> = {}
      for (const candidate of all()) {
        const name = candidate.__field?.name()
        if (name) value[name] = candidate.__field!.value()
        const data = custom(candidate)
        if (data) value[String(data.name)] = data.value
      }
      send('submit', { value, target: { id: from.__host?.component.id ?? '', dataset: from.__host?.component.dataset ?? {} } })
    }
  },
}
