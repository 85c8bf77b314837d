// <button>: looks, loading, hover, form-type and the open-types that need no WeChat account.
import { HOVER_PROPERTIES, ancestor, hoverable, type Builtin } from './define.ts'

/** What each open-type answers; wx/share puts its own `share` here, wx/account what concerns the person. */
export const openTypes: Record<string, () => { event: string; detail: unknown } | undefined | void> = {
  share: () => undefined,
  contact: () => ({ event: 'contact', detail: { errMsg: 'enterContact:ok', path: '', query: {} } }),
  getPhoneNumber: () => ({ event: 'getphonenumber', detail: { errMsg: 'getPhoneNumber:fail no permission' } }),
  getUserInfo: () => undefined,
  openSetting: () => ({ event: 'opensetting', detail: { errMsg: 'openSetting:ok', authSetting: {} } }),
  feedback: () => undefined,
  chooseAvatar: () => undefined,
}

const text = (name: string) => [String, name] as [typeof String, string]

export const button: Builtin = {
  tag: 'button',
  properties: {
    ...HOVER_PROPERTIES,
    hoverClass: text('button-hover'),
    hoverStartTime: [Number, 20],
    hoverStayTime: [Number, 70],
    size: text('default'),
    type: text('default'),
    plain: [Boolean, false],
    disabled: [Boolean, false],
    loading: [Boolean, false],
    formType: text(''),
    openType: text(''),
    lang: text('en'),
    sessionFrom: text(''),
    sendMessageTitle: text(''),
    sendMessagePath: text(''),
    sendMessageImg: text(''),
    appParameter: text(''),
    showMessageCard: [Boolean, false],
    phoneNumberNoQuotaToast: [Boolean, true],
  },
  setup(host) {
    const { element, get, send, on } = host
    element.setAttribute('role', 'button')
    hoverable(host, () => get('disabled'))
    const reflect = (name: string) => (value: unknown) => {
      if (value === true) element.setAttribute(name, '')
      else if (value) element.setAttribute(name, String(value))
      else element.removeAttribute(name)
    }
    element.__activate = () => element.click()
    on('tap', () => {
      if (get('disabled')) return
      const formType = get<string>('formType')
      const form =
        formType && (ancestor(element, 'form') as (HTMLElement & { __submit?: (type: string, from: HTMLElement) => void }) | null)
      if (form) form.__submit?.(formType, element)
      const openType = get<string>('openType')
      if (!openType) return
      const open = openTypes[openType]
      if (!open) throw new Error(`<button open-type="${openType}"> is not supported by the simulator`)
      const answer = open()
      if (answer) send(answer.event, answer.detail)
    })
    return {
      changed: {
        type: reflect('type'),
        size: reflect('size'),
        plain: reflect('plain'),
        loading: reflect('loading'),
        disabled: (disabled: boolean) => {
          reflect('disabled')(disabled)
          element.tabIndex = disabled ? -1 : 0
          element.setAttribute('aria-disabled', String(disabled))
        },
      },
    }
  },
}
