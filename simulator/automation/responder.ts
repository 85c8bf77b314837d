// Answers the DevTools automation protocol inside the frame. Rules and shapes: the comments of each method's file name what DevTools does.
import type { Runtime } from '../runtime/contract.ts'
import type { WxMethods } from '../wx/core.ts'
import type { Leaving } from '../wx/leaving.ts'
import type { Overlays } from '../wx/overlays.ts'
import { appMethods } from './app-methods.ts'
import { elementMethods } from './element-methods.ts'
import { Handles } from './handles.ts'
import { nativeMethods } from './native-methods.ts'
import { pageMethods } from './page-methods.ts'
import type { Params } from './params.ts'

export interface ResponderParts {
  runtime: Runtime
  /** the methods behind the app's wx, where mocks are put */
  wx: WxMethods
  overlays: Overlays
  leaving: Leaving
  /** differs for each frame, so that ids never mean two things */
  generation: number
  emit(method: string, params: unknown): void
}

/** @returns what answers one request; it throws what the client gets as `error.message` */
export function createResponder({
  runtime,
  wx,
  overlays,
  leaving,
  generation,
  emit,
}: ResponderParts): (method: string, params: Params) => Promise<unknown> {
  const handles = new Handles(generation)
  const methods: Record<string, (params: Params) => unknown> = {
    ...appMethods({ runtime, wx, handles, emit }),
    ...pageMethods(runtime, handles),
    ...elementMethods(runtime, handles),
    ...nativeMethods({ runtime, overlays, leaving }),
  }
  return async (method, params) => {
    const act = Object.hasOwn(methods, method) ? methods[method] : undefined
    // word for word what WeChat DevTools answers for a method that it does not know
    if (!act) throw new Error(`appservice ${method} unimplemented`)
    return runtime.fromApp(await act(params))
  }
}
