// <navigator>: the runtime gives it the page stack.
import { HOVER_PROPERTIES, hoverable, type Builtin } from './define.ts'

export const navigation: { open?: (openType: string, url: string, delta: number) => Promise<unknown> } = {}

export const navigator: Builtin = {
  tag: 'navigator',
  properties: {
    ...HOVER_PROPERTIES,
    hoverClass: [String, 'navigator-hover'],
    url: [String, ''],
    openType: [String, 'navigate'],
    delta: [Number, 1],
    target: [String, 'self'],
  },
  setup(host) {
    const { element, get, send, on } = host
    hoverable(host)
    element.setAttribute('role', 'link')
    element.tabIndex = 0
    on('tap', () => {
      const result = navigation.open?.(get('openType'), get('url'), get('delta'))
      result?.then(
        () => {
          send('success', {})
          send('complete', {})
        },
        (error: Error) => {
          send('fail', { errMsg: error.message })
          send('complete', { errMsg: error.message })
        },
      )
    })
  },
}
