// The names of wx that the simulator plays, as the running app has them.
import type { FrameHandle } from '../../simulator/phone/frame.ts'
import type { Simulator } from '../../simulator/server.ts'

/** @param simulator headless, with any app running */
export async function supportedMethods({ browserPage }: Simulator): Promise<string[]> {
  await browserPage!.frameLocator('#frame').locator('.mp-page').first().waitFor()
  const names = await browserPage!.locator('#frame').evaluate(frame => {
    const { runtime } = ((frame as HTMLIFrameElement).contentWindow as unknown as { __simulator: FrameHandle }).__simulator
    return Object.keys(runtime.globals['wx'] as object)
  })
  return names.filter(name => name !== 'env').toSorted()
}
