// The app as a member of staff holds it: miniprogram-automator with waiting built in. Selectors are ids and classes, as DevTools' automation has them.
import automator from 'miniprogram-automator'
import { eventually } from './eventually.ts'

type MiniProgram = Awaited<ReturnType<typeof automator.connect>>
type Page = NonNullable<Awaited<ReturnType<MiniProgram['currentPage']>>>
type Element = NonNullable<Awaited<ReturnType<Page['$']>>>

export class StaffPhone {
  private constructor(readonly miniProgram: MiniProgram) {}

  static async connect(wsEndpoint: string): Promise<StaffPhone> {
    return new StaffPhone(await automator.connect({ wsEndpoint }))
  }

  disconnect(): void {
    this.miniProgram.disconnect()
  }

  async page(): Promise<Page> {
    return eventually('a page', () => this.miniProgram.currentPage())
  }

  async path(): Promise<string> {
    return (await this.page()).path
  }

  /** Waits until `path` is on top. */
  async at(path: string): Promise<Page> {
    return eventually(`the page ${path}`, async () => {
      const page = await this.page()
      if (page.path !== path) throw new Error(`the phone shows ${page.path}`)
      return page
    })
  }

  /** An element of the page, or inside custom components: `find('#receipt', '#switch')` looks for #switch inside #receipt. */
  async find(...selectors: string[]): Promise<Element> {
    return eventually(`an element ${selectors.join(' ')}`, () => this.look(...selectors))
  }

  async look(...selectors: string[]): Promise<Element | undefined> {
    const page = await this.page()
    let at: Page | Element = page
    for (const selector of selectors) {
      const next: Element | null = await (at as Page).$(selector)
      if (!next) return undefined
      at = next
    }
    return at as Element
  }

  async shows(...selectors: string[]): Promise<boolean> {
    return (await this.look(...selectors)) !== undefined
  }

  async gone(...selectors: string[]): Promise<void> {
    await eventually(`${selectors.join(' ')} to go`, async () => !(await this.shows(...selectors)))
  }

  /** All text below an element, components included. */
  async text(...selectors: string[]): Promise<string> {
    return (await (await this.find(...selectors)).text()).replaceAll(/\s+/g, ' ').trim()
  }

  /** Waits until the text of an element matches, and answers it. */
  async reads(pattern: RegExp | string, ...selectors: string[]): Promise<string> {
    return eventually(`${selectors.join(' ')} to read ${String(pattern)}`, async () => {
      const text = await this.text(...selectors)
      if (typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text)) return text
      throw new Error(`it reads "${text}"`)
    })
  }

  /** Waits until an element has this class. */
  async looks(like: string, ...selectors: string[]): Promise<void> {
    await eventually(`${selectors.join(' ')} to be ${like}`, async () => {
      const classes = await this.classes(...selectors)
      if (classes.split(/\s+/).includes(like)) return true
      throw new Error(`it is "${classes}"`)
    })
  }

  /** Waits until this stands in a box. */
  async holds(text: string, ...selectors: string[]): Promise<void> {
    await eventually(`${selectors.join(' ')} to hold "${text}"`, async () => {
      const value = String(await (await this.find(...selectors)).property('value'))
      if (value === text) return true
      throw new Error(`it holds "${value}"`)
    })
  }

  /** Waits until there are so many: rows are drawn a portion after the other. */
  async counts(many: number, selector: string): Promise<void> {
    await eventually(`${many} of ${selector}`, async () => {
      const there = (await (await this.page()).$$(selector)).length
      if (there === many) return true
      throw new Error(`there are ${there}`)
    })
  }

  /** A tap on the one of many that says this, as soon as it is there. `within`: what they stand in, if they are in a component. */
  async tapOne(of: string, saying: string, ...within: string[]): Promise<void> {
    await eventually(`${of} that says ${saying}`, async () => {
      const room = within.length > 0 ? await this.find(...within) : await this.page()
      for (const one of await room.$$(of)) {
        if (!(await one.text()).includes(saying)) continue
        await one.tap()
        return true
      }
      return false
    })
  }

  /** A node that is drawn anew between finding and tapping is found again, as a finger would. */
  async tap(...selectors: string[]): Promise<void> {
    await eventually(`a tap on ${selectors.join(' ')}`, async () => {
      await (await this.find(...selectors)).tap()
      return true
    })
  }

  /** Types into an input: replaces what is there. A box that is drawn anew meanwhile is found again. */
  async type(text: string, ...selectors: string[]): Promise<void> {
    await eventually(`${text} typed into ${selectors.join(' ')}`, async () => {
      const element = await this.find(...selectors)
      await (element as unknown as { input(value: string): Promise<void> }).input(text)
      return true
    })
  }

  /** From a fresh start to the work bench: consent, 登录. */
  async logIn(): Promise<void> {
    await this.at('pages/login/index')
    await this.tap('#consent')
    await this.tap('#login')
    await this.at('pages/home/index')
  }

  /** The merchant's page with its verdict drawn. */
  async openMerchant(sub_mchid: string): Promise<void> {
    await this.miniProgram.callWxMethod('navigateTo', { url: `/packages/merchant/detail/index?sub_mchid=${sub_mchid}` })
    await eventually(`the page of ${sub_mchid}`, async () => {
      const page = await this.page()
      return page.path === 'packages/merchant/detail/index' && page.query.sub_mchid === sub_mchid
    })
    await this.find('#verdict')
  }

  async classes(...selectors: string[]): Promise<string> {
    return String(await (await this.find(...selectors)).attribute('class'))
  }

  /** Opens a page of the app by its url, without the client's fixed sleep of 3 s. */
  async open(url: string, how: 'navigateTo' | 'reLaunch' | 'switchTab' | 'redirectTo' = 'reLaunch'): Promise<Page> {
    await this.miniProgram.callWxMethod(how, { url })
    return this.at(url.replace(/^\//, '').split('?')[0]!)
  }

  async back(): Promise<void> {
    await this.miniProgram.callWxMethod('navigateBack', { delta: 1 })
  }
}
