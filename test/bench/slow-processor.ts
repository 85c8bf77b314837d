// A processor that is slower by a factor, as Chromium plays it (CDP Emulation.setCPUThrottlingRate): an older phone beside the machine that measures.
import type { Page } from 'playwright-core'

export const SLOWED = 4
/** times slower; 1: as it is */
export type Pace = 1 | typeof SLOWED

/** @returns sets the pace of the page and of its frames, until it is set anew */
export async function slowProcessor(page: Page): Promise<(rate: Pace) => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  return async rate => void (await session.send('Emulation.setCPUThrottlingRate', { rate }))
}
