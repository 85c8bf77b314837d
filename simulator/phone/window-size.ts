// When the person turns the machine or drags the computer's window, pages and the app hear of it. A bar that appears or goes changes only the room that
// is left, and nobody hears of that.
import type { Runtime } from '../runtime/contract.ts'
import type { WindowSize } from '../wx/core.ts'
import type { ScreenLook } from './devices.ts'

/** @returns what adds a listener for the app itself (wx.onWindowResize); pages are told through the runtime */
export function followWindow(runtime: Runtime, screen: () => ScreenLook): (listener: (size: WindowSize) => void) => void {
  const listeners: ((size: WindowSize) => void)[] = []
  let last = screen()
  addEventListener('resize', () => {
    const now = screen()
    const dragged = now.resizable && now.height !== last.height
    const turned = now.width !== last.width
    last = now
    if (!dragged && !turned) return
    const told: WindowSize = {
      size: { windowWidth: window.innerWidth, windowHeight: window.innerHeight },
      deviceOrientation: now.turned ? 'landscape' : 'portrait',
    }
    runtime.resized(told)
    for (const listener of listeners) listener(told)
  })
  return listener => void listeners.push(listener)
}
