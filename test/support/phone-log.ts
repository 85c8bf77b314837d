// When something happened, as the phone itself noted it: what a busy machine needs to drive the phone, and to hear of it, is not in it.
import { eventually } from './eventually.ts'
import type { World } from './world.ts'

/** Milliseconds from the page's going back to the request that matches, once that is answered. */
export async function sentAfterLeaving(world: World, request: RegExp): Promise<number> {
  const [left, sent] = await eventually('the request in the log of the phone', () => {
    const log = world.simulator.phone.log()
    const back = log.findLast(({ kind, text }) => kind === 'route' && text.startsWith('navigateBack'))
    const put = log.findLast(({ kind, text }) => kind === 'request' && request.test(text))
    return back && put?.request && put.at >= back.at ? [back.at, put.at - put.request.milliseconds] : undefined
  })
  return sent! - left!
}
