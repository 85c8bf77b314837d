// What a person's finger on the bars around the page does. Questions over the page are declined by leaving it.
import type { Runtime } from '../runtime/contract.ts'
import type { Leaving } from '../wx/leaving.ts'
import type { Overlays } from '../wx/overlays.ts'

export interface App {
  runtime: Runtime
  overlays: Overlays
  leaving: Pick<Leaving, 'allowed'>
}

/** @throws Error in WeChat's words on the first page */
export async function pressBack({ runtime, overlays, leaving }: App): Promise<void> {
  if (!overlays.leave() && (await leaving.allowed())) await runtime.navigateBack()
}

/** As in WeChat the stack is left: the app's first page is the only one. */
export async function pressHome({ runtime, overlays }: App): Promise<void> {
  overlays.leave()
  await runtime.reLaunch(`/${runtime.appJson.pages[0]}`)
}

export async function pressTab({ runtime, overlays }: App, index: number): Promise<void> {
  overlays.leave()
  await runtime.tapTabBar(index)
}
