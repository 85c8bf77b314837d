// What the app sends from its logic to its view: bytes are no time, so a test may hold them.
import type { World } from './world.ts'

interface Watched {
  __setDataBytes?: number
  __simulator: { runtime: { onSetData(listener: (sample: { bytes: number }) => void): void } }
}

/** Bytes that setData carried while something was done and until its end is seen. */
export async function setDataBytes({ simulator }: World, act: () => Promise<unknown>): Promise<number> {
  const frame = simulator.browserPage!.frames().find(one => new URL(one.url()).pathname === '/frame/')!
  await frame.evaluate(() => {
    const app = globalThis as unknown as Watched
    if (app.__setDataBytes === undefined) app.__simulator.runtime.onSetData(({ bytes }) => (app.__setDataBytes! += bytes))
    app.__setDataBytes = 0
  })
  await act()
  return frame.evaluate(() => (globalThis as unknown as Watched).__setDataBytes!)
}
