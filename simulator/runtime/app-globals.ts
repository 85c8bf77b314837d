// What the scripts of the app find as globals, besides Component(), Page() and Behavior() (definitions.ts).
import type { App } from './app.ts'
import type { PageStack } from './page-stack.ts'
import type { Crossing } from './realm/crossing.ts'

type Log = (...values: unknown[]) => void
const CONSOLE =
  'log info warn error debug trace dir table assert count countReset group groupCollapsed groupEnd time timeEnd timeLog'.split(
    ' ',
  ) as (keyof Console)[]

export const appGlobals = (app: App, stack: PageStack, expose: Crossing['expose']): Record<string, unknown> => ({
  App: expose((options: object) => app.register(options)),
  // before App() has run, `allowDefault` gives an object to go on with
  getApp: expose((options?: { allowDefault?: boolean }) => app.instance ?? (options?.allowDefault ? {} : undefined)),
  getCurrentPages: expose(() => stack.pages.map(({ instance }) => instance)),
  // what the app does to its console stays its own
  console: Object.fromEntries(CONSOLE.map(name => [name, (...values: unknown[]) => (console[name] as Log)(...values)])),
  setTimeout: expose(app.timer(window.setTimeout.bind(window))),
  setInterval: expose(app.timer(window.setInterval.bind(window))),
  clearTimeout: expose(window.clearTimeout.bind(window)),
  clearInterval: expose(window.clearInterval.bind(window)),
  queueMicrotask: expose(window.queueMicrotask.bind(window)),
  requestAnimationFrame: undefined,
})
