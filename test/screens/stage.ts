// The phone on which scenes are arranged: one world, one browser, whoever holds the phone, in the mode that is drawn.
import type { Frame, Page } from 'playwright-core'
import type { Role } from '../../backend/http/schema.ts'
import { eventually } from '../support/eventually.ts'
import type { StaffPhone } from '../support/staff-phone.ts'
import type { World } from '../support/world.ts'
import { MODES, type Mode } from './modes.ts'

const TALLEST = 4_000
/** room for the phone's rim */
const RIM = 88

/** What is to be seen of a scene. */
export interface Sight {
  /** the state is reached when this is in sight, with this text where one is given */
  shows: { selector: string[]; reads?: string | RegExp }
  /** requests are still on their way in this state: do not wait for them */
  waiting?: true
  /** one screenful instead of the whole page: what is below the fold would load when it is seen */
  fold?: true
}

export class Stage {
  private held: Role | null | undefined
  private mode: Mode | undefined
  private computer = false
  private readonly undoings: (() => unknown)[] = []
  private readonly onTheirWay = new Set<unknown>()

  constructor(
    readonly world: World,
    private readonly page: Page,
  ) {
    const answered = (request: unknown) => void this.onTheirWay.delete(request)
    page.on('request', request => request.url().endsWith('/__proxy') && this.onTheirWay.add(request))
    page.on('requestfinished', answered)
    page.on('requestfailed', answered)
  }

  get phone(): StaffPhone {
    return this.world.phone
  }

  /** For `arrange`: what is to be put right when the scene has been drawn. */
  afterwards(undo: () => unknown): void {
    this.undoings.push(undo)
  }
  /** Requests that match are cut as long as the scene lasts. */
  cut(request: RegExp): void {
    this.afterwards(this.world.cutEvery(request))
  }
  /** Requests that match wait as long as the scene lasts. */
  hold(request: RegExp): void {
    this.afterwards(this.world.hold(request))
  }
  async offline(): Promise<void> {
    await this.world.simulator.phone.set({ offline: true })
    this.afterwards(() => this.world.simulator.phone.set({ offline: false }))
  }
  /** Answers the question that WeChat asks over the page. */
  async answerModal(): Promise<void> {
    await (await this.frame()).evaluate(() => document.querySelector('simulator-overlays')!.shadowRoot!.querySelector('button')!.click())
  }
  async strike(): Promise<void> {
    for (const undo of this.undoings.splice(0).reverse()) await undo()
  }

  /** The phone in the hands of this person, on the work bench; for null: a phone that knows nobody, on the login page. */
  async giveTo(role: Role | null): Promise<void> {
    if (role === this.held && role !== null) return
    if (role !== null) await this.world.loginAs(role)
    await this.forgetEverybody()
    // the app opens anew in the size that the phone has
    if (role !== null) await this.phone.logIn()
    this.held = role
  }
  /** An answer that comes after the storage was cleared is kept: then once more. */
  private async forgetEverybody(): Promise<void> {
    await eventually('a phone that knows nobody', async () => {
      await this.phone.miniProgram.callWxMethod('clearStorageSync')
      await this.world.simulator.restart()
      return eventually('the login', async () => (await this.phone.path()) === 'pages/login/index', { timeout: 2_000 })
    })
  }
  /** Nobody knows how a scene that failed left the phone. */
  takeBack(): void {
    this.held = undefined
  }
  /** The app opens anew, on the work bench, with the person still logged in: lists forget their filters. */
  async restart(): Promise<void> {
    await this.world.simulator.restart()
    await this.phone.at('pages/home/index')
  }

  /** As long as the scene lasts it is drawn in WeChat's window on a computer, and not on a small phone. */
  async takeComputer(size: { windowWidth: number; windowHeight: number }): Promise<void> {
    await this.world.simulator.phone.set({ device: 'computer', ...size })
    this.computer = true
    this.afterwards(async () => {
      this.computer = false
      await this.world.simulator.phone.set({ device: this.mode ? MODES[this.mode].settings.device : 'iphone-x' })
    })
  }
  draws(mode: Mode): boolean {
    return !(this.computer && mode === 'small')
  }

  async setMode(mode: Mode): Promise<void> {
    if (mode === this.mode) return
    const before = this.mode && MODES[this.mode].settings
    const { device, ...settings } = MODES[mode].settings
    await this.world.simulator.phone.set(this.computer ? settings : { ...settings, device })
    this.mode = mode
    // Text size and language are changed in WeChat's settings: the app learns of them when the person comes back, or with a change of theme,
    // which leaves a passing state as it is.
    if (before?.fontScale !== settings.fontScale) await this.leaveAndComeBack()
    else if (before.locale !== settings.locale) {
      await this.world.simulator.phone.set({ dark: !settings.dark })
      await this.world.simulator.phone.set({ dark: settings.dark })
    }
  }

  async leaveAndComeBack(): Promise<void> {
    const frame = await this.frame()
    await frame.evaluate(async () => {
      const { runtime } = globalThis.__simulator as unknown as { runtime: { hide(): void; show(): void; settled(): Promise<void> } }
      runtime.hide()
      runtime.show()
      await runtime.settled()
    })
  }

  async frame(): Promise<Frame> {
    const found = await eventually('the frame with the app', () =>
      this.page.frames().find(frame => new URL(frame.url()).pathname === '/frame/'),
    )
    await found.waitForFunction('globalThis.__simulator')
    // functions that are sent into the frame call this: it is how tsx keeps their names
    await found.evaluate('globalThis.__name ??= named => named')
    return found
  }

  /** Waits until the scene's mark is in sight and nothing moves or is awaited any more. */
  async settled(scene: Sight): Promise<void> {
    const { selector, reads } = scene.shows
    // the words to wait for are Chinese
    if (reads === undefined) await this.phone.find(...selector)
    else if (this.mode === 'english') await eventually('something said', async () => (await this.phone.text(...selector)) !== '')
    else await this.phone.reads(reads, ...selector)
    if (!scene.waiting) await eventually('all requests', () => this.onTheirWay.size === 0)
    const frame = await this.frame()
    await frame.evaluate(async () => {
      const { runtime } = globalThis.__simulator as unknown as { runtime: { settled(): Promise<void> } }
      await runtime.settled()
      // a word of the scene before, and what a finger left pressed: WeChat's hover-class comes a moment after the tap, and stays for a while
      const passing = () =>
        document.querySelector('simulator-overlays')?.shadowRoot?.querySelector('.toast') ??
        document.querySelector('[class*="faded"], [class*="pressed"]')
      const painted = () => new Promise<void>(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))
      // Sheets slide in, and begin to only some frames after they are shown. Rings turn, and the undo bar empties, for as long as they are there.
      const ending = () =>
        document
          .getAnimations()
          .filter(animation => Number(animation.effect?.getComputedTiming().endTime) < 2_000 && animation.playState === 'running')
      const passed = Date.now() + 12_000
      let still = 0
      while (still < 2) {
        await new Promise(done => setTimeout(done, 60))
        const moving = ending()
        await Promise.all(moving.map(animation => animation.finished.catch(() => undefined)))
        still = moving.length === 0 && (!passing() || Date.now() > passed) ? still + 1 : 0
      }
      await document.fonts.ready
      await painted()
    })
  }

  /** Makes the screen as high as the whole page, unless the scene is about its first screenful; answers how high it is (px). */
  async unfold(scene: Sight): Promise<number> {
    const own = await this.fold()
    const frame = await this.frame()
    const hidden = scene.fold
      ? 0
      : await frame.evaluate(() => {
          const pages = [...document.querySelectorAll('.mp-page')].filter(page => page.clientHeight > 0)
          const page = pages.at(-1)
          return page ? page.scrollHeight - page.clientHeight : 0
        })
    const height = Math.min(own + Math.max(0, hidden), TALLEST)
    await this.setHeight(height)
    return height
  }
  /** Answers how high the machine's own screen is (px). */
  async fold(): Promise<number> {
    const height = await this.page.evaluate(() => Number.parseFloat(document.getElementById('screen')!.style.getPropertyValue('--height')))
    await this.setHeight(height)
    return height
  }

  private async setHeight(height: number): Promise<void> {
    const { width, height: now } = this.page.viewportSize()!
    const drawn = await this.page.evaluate(() => document.getElementById('screen')!.clientHeight)
    if (now === height + RIM && drawn === height) return
    await this.page.setViewportSize({ width, height: height + RIM })
    await this.page.evaluate(async px => {
      const screen = document.getElementById('screen')!
      const frame = document.getElementById('frame')!
      screen.style.height = ''
      // the panel sizes its phone when it learns of its own new size, and that is before the next frame
      await new Promise<void>(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))
      const bars = screen.clientHeight - frame.clientHeight
      screen.style.height = `${px}px`
      frame.style.height = `${px - bars}px`
    }, height)
    const frame = await this.frame()
    await frame.evaluate(() => new Promise<void>(done => requestAnimationFrame(() => requestAnimationFrame(() => done()))))
  }

  /** The screen as it is now, PNG. */
  async picture(): Promise<Buffer> {
    const clip = (await this.page.locator('#screen').boundingBox())!
    return this.page.screenshot({ clip, animations: 'allow', caret: 'hide' })
  }
}
