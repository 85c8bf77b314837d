// The protocol's App.* methods, except the screenshot, which the server takes.
import type { PageHandle, Runtime } from '../runtime/contract.ts'
import type { WxMethods } from '../wx/core.ts'
import type { Params } from './params.ts'
import { functionFrom } from './function-text.ts'
import type { Handles } from './handles.ts'
import { WxCalls } from './mocks.ts'

const LEVELS = ['log', 'info', 'warn', 'error', 'debug'] as const

export interface AppParts {
  runtime: Runtime
  wx: WxMethods
  handles: Handles
  emit(method: string, params: unknown): void
}

export function appMethods({ runtime, wx, handles, emit }: AppParts): Record<string, (params: Params) => unknown> {
  const calls = new WxCalls(wx, runtime)
  const describe = ({ pageId, path, query }: PageHandle) => ({ pageId: handles.pageId(pageId), path, query })
  runtime.events.on('error', ({ message, stack }) => emit('App.exceptionThrown', { message, stack }))
  runtime.events.on('unhandledRejection', ({ reason }) => {
    const { message, stack = '', errMsg } = (reason ?? {}) as { message?: string; stack?: string; errMsg?: string }
    emit('App.exceptionThrown', { message: message ?? errMsg ?? String(reason), stack })
  })
  const noPlugins = (params: Params) => {
    if (params.pluginId !== undefined) throw new Error('plugins are not supported by the simulator')
  }

  return {
    'App.getPageStack': () => ({ pageStack: runtime.pageStack().map(describe) }),
    'App.getCurrentPage': () => {
      const top = runtime.pageStack().at(-1)
      if (!top) throw new Error('there is no page yet')
      return describe(top)
    },
    'App.callWxMethod': async params => {
      noPlugins(params)
      return { result: await calls.call(String(params.method), (params.args ?? []) as unknown[]) }
    },
    'App.mockWxMethod': params => {
      noPlugins(params)
      calls.mock(String(params.method), params)
    },
    'App.callFunction': async ({ functionDeclaration, args }) => ({
      result: await functionFrom(String(functionDeclaration), runtime).apply(null, (args ?? []) as unknown[]),
    }),
    'App.addBinding': ({ name }) => {
      runtime.globals[String(name)] = (...args: unknown[]) => emit('App.bindingCalled', { name, args })
    },
    // as in DevTools, each call wraps the console once more
    'App.enableLog': () => {
      const console = runtime.globals.console as Console
      for (const type of LEVELS) {
        const original = console[type].bind(console)
        console[type] = (...args: unknown[]) => {
          original(...args)
          emit('App.logAdded', { type, args })
        }
      }
    },
    'App.exit': () => runtime.hide(),
  }
}
