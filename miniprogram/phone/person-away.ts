// The waiting for a person who is in the camera, the album or a chat, on WeChat's own clock and visibility.
import { PersonWait } from './timeout'

const timers = {
  now: () => Date.now(),
  set: (task: () => void, ms: number) => setTimeout(task, ms),
  clear: (handle: unknown) => clearTimeout(handle as number),
}

/** One for each API that opens something over the app. @param givenUp what a call gives that WeChat never answered */
export const personAway = <T>(givenUp: T): PersonWait<T> =>
  new PersonWait(timers, { onShow: listener => wx.onAppShow(listener), onHide: listener => wx.onAppHide(listener) }, givenUp)
