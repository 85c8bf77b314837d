// Taking photos in the simulator: what WeChat itself asks over the page, and its camera, which gives drawn pictures.
import { eventually } from './eventually.ts'
import type { World } from './world.ts'

/** The phone of a world or of an installation. */
type Held = Pick<World, 'phone' | 'simulator'>

/** Taps what WeChat asks over the page. */
export async function answerWechat(world: Held, text: string): Promise<boolean> {
  const frame = world.simulator.browserPage!.frames().find(one => new URL(one.url()).pathname === '/frame/')
  const seen = await frame?.evaluate(label => {
    const buttons = [...(document.querySelector('simulator-overlays')?.shadowRoot?.querySelectorAll<HTMLElement>('button') ?? [])]
    const found = buttons.find(one => one.textContent === label)
    found?.click()
    return found ? label : buttons.map(one => one.textContent).join('|')
  }, text)
  if (seen !== text) throw new Error(`the phone asks: ${seen}`)
  return true
}

/** Whether what WeChat draws over the page, toast or dialog, reads so. */
export async function wechatSays(world: Held, pattern: RegExp): Promise<boolean> {
  const frame = world.simulator.browserPage!.frames().find(one => new URL(one.url()).pathname === '/frame/')
  const text = await frame?.evaluate(() => {
    const root = document.querySelector('simulator-overlays')?.shadowRoot
    return [...(root?.children ?? [])]
      .filter(one => one.tagName !== 'STYLE')
      .map(one => one.textContent)
      .join(' ')
  })
  if (!pattern.test(text ?? '')) throw new Error(`WeChat says "${text}"`)
  return true
}

const agreed = new WeakSet<Held>()

/** Adds one photo to the row of photos at `row`; WeChat asks for consent the first time. */
export async function photograph(world: Held, ...row: string[]): Promise<void> {
  const before = await photosOf(world, ...row)
  await world.phone.tap(...row, '#add')
  if (!agreed.has(world)) await eventually('the question for consent', () => agreeOnce(world))
  agreed.add(world)
  await eventually('the camera', () => answerWechat(world, '1 张照片'))
  await eventually('one more photo', async () => {
    if ((await photosOf(world, ...row)) === before + 1) return true
    throw new Error((await world.phone.shows('#photo-trouble')) ? await world.phone.text('#photo-trouble') : 'the page says nothing')
  })
}

/** Who has agreed elsewhere, to the camera of a scan, is not asked again. */
async function agreeOnce(world: Held): Promise<boolean> {
  return answerWechat(world, '同意').catch((error: Error) => {
    if (error.message.includes('1 张照片')) return true
    throw error
  })
}

export async function photosOf(world: Held, ...row: string[]): Promise<number> {
  const found = await world.phone.look(...row)
  return found ? (await (found as unknown as { $$(selector: string): Promise<unknown[]> }).$$('.picture')).length : 0
}
