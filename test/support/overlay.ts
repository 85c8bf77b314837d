// What WeChat itself shows over the page: consent, the camera, menus.
import { eventually } from './eventually.ts'
import type { World } from './world.ts'

/** The document that the app's pages are drawn in. */
export const pagesOf = (world: World) => world.simulator.browserPage!.frames().find(one => new URL(one.url()).pathname === '/frame/')!

/** Taps a button of WeChat's own. Throws, and says what there is, where there is no such button. */
export async function press(world: World, text: string): Promise<boolean> {
  const seen = await pagesOf(world).evaluate(label => {
    const buttons = [...(document.querySelector('simulator-overlays')?.shadowRoot?.querySelectorAll<HTMLElement>('button') ?? [])]
    const found = buttons.find(one => one.textContent === label)
    found?.click()
    return found ? label : buttons.map(one => one.textContent).join('|')
  }, text)
  if (seen !== text) throw new Error(`the phone asks: ${seen}`)
  return true
}

/** Waits for a menu of WeChat's and chooses. */
export const chooseFromMenu = (world: World, text: string): Promise<boolean> => eventually(`the choice ${text}`, () => press(world, text))
