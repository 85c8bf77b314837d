// What test/support/worker lends: the browser may crash, and a file that asks for a page at that moment has to get one.
import { expect, test } from '@jest/globals'
import { launchBrowser } from '../simulator/support/phone.ts'

test('given a browser that crashes while it is asked for a context then a page comes from another one', async () => {
  const browser = await launchBrowser()
  const session = await browser.newBrowserCDPSession()
  session.send('Browser.crash').catch(() => undefined)
  const context = await browser.newContext()
  const page = await context.newPage()
  expect(await page.evaluate('1 + 1')).toBe(2)
  await browser.close()
})
