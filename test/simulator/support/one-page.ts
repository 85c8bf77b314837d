// For tests that look at one page made of a few lines: a browser for the file, a phone for each test.
import { afterAll, afterEach, beforeAll } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { launchBrowser, openPhone, type Phone } from './phone.ts'
import { removeProjects, unit, writeProject } from './project.ts'

/** Called once at the top of a test file. `phone` is of the last `open`. */
export function onePage(): {
  phone: Phone
  open(wxml: string, script?: string, wxss?: string, json?: string): Promise<void>
  openProject(files: Record<string, string>): Promise<void>
} {
  let browser: Browser
  let phone: Phone | undefined
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterEach(() => phone?.close())
  afterAll(async () => {
    await browser.close()
    removeProjects()
  })
  return {
    get phone() {
      if (!phone) throw new Error('no page was opened yet')
      return phone
    },
    async open(wxml, script = 'Page({})', wxss = '', json = '{}') {
      phone = await openPhone(browser, writeProject(unit('pages/a/index', wxml, script, json, wxss)))
    },
    async openProject(files) {
      phone = await openPhone(browser, writeProject(files))
    },
  }
}
