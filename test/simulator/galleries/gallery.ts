// A gallery of a component library: a mini program with one page, on which a component after the other is opened, drawn and tapped.
// With GALLERY_PICTURES=folder each is kept there as a picture, to be looked at.
import { mkdirSync, readdirSync, readFileSync, existsSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from '@jest/globals'
import type { Frame, Page } from 'playwright-core'
import { startSimulator, type Simulator } from '../../../simulator/server.ts'
import { eventually } from '../../support/eventually.ts'
import { unit, writeProject } from '../support/project.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** Template data that every gallery page has, besides `current` and `show`. */
const PICTURE =
  'data:image/svg+xml;utf8,<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><rect width="60" height="60" fill="teal"/></svg>'

interface Specimen {
  /** the components that it shows, by the names of their folders, with blanks between */
  shows: string
  /** `bind:x="told"` tells the test which event came; `{{ show }}` becomes true once it is attached, as a button would open it */
  wxml: string
  /** what is tapped: a text of the page or, with a dot, # or * in front, a selector; without it the middle of the specimen */
  tap?: string
  /** the event that the tap causes, by its type */
  tells?: string
  /** a statement of the page that opens it, for what a function opens */
  open?: string
}

export interface Library {
  /** folder of the npm package */
  package: string
  /** folder in it that DevTools' 构建 npm takes */
  dist: string
  /** what tags begin with */
  prefix: string
  specimens: readonly Specimen[]
  /** lines before Page(), e.g. what has to be required */
  head?: string
  /** of the page, as the body of an object literal */
  data?: string
  app?: object
  /** app.wxss */
  style?: string
  /** what the console says by name, and why it is no fault */
  known?: readonly { says: RegExp; why: string }[]
}

/** Every component of the package, from its own folders: a new one is in no specimen and fails. */
export function componentsOf({ package: name, dist }: Library): Map<string, string> {
  const folder = join(ROOT, 'node_modules', name, dist)
  const found = new Map<string, string>()
  for (const entry of readdirSync(folder)) {
    const file = ['index', entry].find(base => isComponent(join(folder, entry, `${base}.json`)))
    if (file) found.set(entry, `${name}/${entry}/${file}`)
  }
  return found
}

const isComponent = (file: string) =>
  existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { component?: boolean }).component === true

export class Gallery {
  /** console errors and warnings, errors of the app, and pages that failed */
  readonly complaints: string[] = []
  private blank: Buffer | undefined

  private constructor(
    private readonly library: Library,
    private readonly simulator: Simulator,
    private readonly page: Page,
    private readonly frame: Frame,
  ) {
    page.on('console', message => {
      const text = message.text()
      // pictures and fonts of the libraries' own servers
      if (/error|warn/.test(message.type()) && !text.startsWith('Failed to load resource')) this.complaints.push(text)
    })
  }

  static async open(library: Library): Promise<Gallery> {
    const using = Object.fromEntries([...componentsOf(library)].map(([name, path]) => [library.prefix + name, path]))
    const blocks = library.specimens.map(({ wxml }, index) => `<block wx:if="{{ current === ${index} }}">${wxml}</block>`)
    const opens = library.specimens.map(({ open }, index) => (open ? `open${index}() { ${open} },` : '')).join('\n')
    const script = `${library.head ?? ''}
Page({
  data: { current: -1, show: false, heard: [], picture: ${JSON.stringify(PICTURE)}, ${library.data ?? ''} },
  told({ type, detail }) { this.data.heard.push(type); if (type === 'close' || type === 'visible-change' && !detail.visible) this.setData({ show: false }) },
  ${opens}
})`
    const folder = writeProject({
      'app.json': JSON.stringify({ pages: ['pages/a/index'], window: { backgroundColor: '#f6f6f6' }, ...library.app }),
      'app.wxss': library.style ?? '',
      ...unit('pages/a/index', blocks.join('\n'), script, JSON.stringify({ usingComponents: using })),
    })
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    const simulator = await startSimulator({ project: folder, port: 0, automationPort: 0, headless: true, watch: false })
    expect(simulator.diagnostics).toEqual([])
    const page = simulator.browserPage!
    const frame = await eventually('the frame of the app', () => page.frames().find(candidate => candidate.url().includes('/frame/')))
    await frame.waitForFunction(() => globalThis.__simulator?.runtime.pageStack().length === 1)
    const gallery = new Gallery(library, simulator, page, frame)
    gallery.blank = await gallery.picture()
    return gallery
  }

  /** Opens a specimen, looks whether something is drawn, taps it, and closes it. @returns what went wrong */
  async tryOut(specimen: Specimen): Promise<string[]> {
    const { library, frame } = this
    const before = this.complaints.length
    const index = library.specimens.indexOf(specimen)
    const wrong: string[] = []
    await this.set({ current: index, show: false, heard: [] })
    // some hide themselves once more a moment after they came
    await this.simulator.phone.pass(400)
    await this.set({ show: true })
    if (specimen.open)
      await frame.evaluate(method => (globalThis.__simulator!.runtime.pageStack()[0]!.instance[method] as () => void)(), `open${index}`)
    const drawn = await this.drawn()
    if (!drawn) wrong.push('nothing is drawn')
    else if (process.env.GALLERY_PICTURES) this.keep(specimen, drawn)
    try {
      await this.tap(specimen)
      if (specimen.tells)
        await frame.waitForFunction(
          type => (globalThis.__simulator!.runtime.pageStack()[0]!.instance.data['heard'] as string[]).includes(type),
          specimen.tells,
          { timeout: 60_000 },
        )
    } catch (error) {
      const heard = await frame.evaluate(() => globalThis.__simulator!.runtime.pageStack()[0]!.instance.data['heard'])
      wrong.push(`tapped: ${(error as Error).message.split('\n')[0]}; heard ${JSON.stringify(heard)}`)
    }
    await this.set({ show: false })
    await this.set({ current: -1 })
    const said = [...this.complaints.slice(before), ...this.errorsOfLog()]
    return [...wrong, ...said.filter(text => !library.known?.some(({ says }) => says.test(text)))]
  }

  close(): Promise<void> {
    return this.simulator.close()
  }

  private logged = 0
  private errorsOfLog(): string[] {
    const log = this.simulator.phone.log()
    const fresh = log.slice(this.logged).filter(({ kind }) => kind === 'error')
    this.logged = log.length
    return fresh.map(({ text }) => text)
  }

  private set(data: object): Promise<void> {
    return this.frame.evaluate(async change => {
      const { runtime } = globalThis.__simulator!
      runtime.pageStack()[0]!.instance.setData(change)
      await runtime.settled()
    }, data)
  }

  private async tap({ tap }: Specimen): Promise<void> {
    if (tap === undefined) {
      const box = (await this.page.locator('#screen').boundingBox())!
      await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    } else {
      const found = /^[.#*]/.test(tap) ? this.frame.locator(tap.replace(/^\*/, '')) : this.frame.getByText(tap, { exact: true })
      await found.first().click({ timeout: 60_000 })
    }
    await this.frame.evaluate(() => globalThis.__simulator!.runtime.settled())
  }

  /** A picture that is not the empty page's, once one is there. */
  private async drawn(): Promise<Buffer | undefined> {
    for (let left = 20; left > 0; left -= 1) {
      const picture = await this.picture()
      if (!picture.equals(this.blank!)) return process.env.GALLERY_PICTURES ? this.still() : picture
    }
    return undefined
  }

  /** For who looks at the pictures: when transitions are over. */
  private async still(): Promise<Buffer> {
    await this.page.waitForTimeout(600)
    return this.picture()
  }

  private async picture(): Promise<Buffer> {
    const box = (await this.page.locator('#frame').boundingBox())!
    return this.page.screenshot({ clip: box, scale: 'css' })
  }

  private keep({ shows }: Specimen, picture: Buffer): void {
    const folder = join(process.env.GALLERY_PICTURES!, this.library.package.replace('/', '-'))
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${shows.replaceAll(' ', '+')}.png`), picture)
  }
}
