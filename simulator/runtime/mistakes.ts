// What goes wrong in the scripts and templates of the app, on its way to App.onError and the console.
import * as glassEasel from 'glass-easel'
import type { App } from './app.ts'

/** @param consoleOf the app's own */
export function listenToMistakes(app: App, consoleOf: () => Console): void {
  glassEasel.addGlobalErrorListener((error, method, component) => {
    const path = typeof component === 'string' ? component : component?.is
    // a mistake in a definition (an observer that is not there, a value of another type): WeChat warns of it, and goes on
    if (method?.startsWith('[prepare]')) {
      consoleOf().warn(`${path}: ${(error as Error).message}`)
      return false
    }
    app.fail(error, path && !method?.includes(path) ? `${path} ${method ?? ''}`.trimEnd() : method)
    return false
  })
  // a property that a component does not have is no error in WeChat
  glassEasel.addGlobalWarningListener(message => {
    console.debug(message)
    return false
  })
  window.addEventListener('unhandledrejection', ({ reason }) => app.unhandledRejection(reason))
  window.addEventListener('error', ({ error }) => error && app.fail(error))
}

/** What the engine says of what contains itself, in words of who wrote it. */
export function withoutEnd(thrown: unknown): Error | undefined {
  const { message } = thrown as Error
  if (!/call stack|too much recursion/i.test(message)) return undefined
  return new Error(
    `something of this page contains itself without an end: a template, an include, a component, a WXS function or its data (${message})`,
    { cause: thrown },
  )
}
