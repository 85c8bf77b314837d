// One Chromium a worker. A file that launches one gets contexts of its own in it; what a file does not close is closed when the file ends.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createRequire } from 'node:module'
import { forPlaywright } from './unwatched-promises.mjs'

const require = createRequire(import.meta.url)

export class SharedChromium {
  /** options → the browser that was launched with them */
  #browsers = new Map()

  /** For one test file. */
  lend() {
    const contexts = new Set()
    return {
      launch: async options => lent(await this.#browser(options), contexts, () => this.#browser(options)),
      giveBack: async () => {
        await Promise.all([...contexts].map(context => context.close()))
      },
    }
  }

  async close() {
    const all = await Promise.all(this.#browsers.values())
    this.#browsers.clear()
    await Promise.all(all.map(browser => browser.close()))
  }

  async #browser(options) {
    const key = JSON.stringify(options)
    const known = await this.#browsers.get(key)
    if (known?.isConnected()) return known
    const launching = launchUnwatched(options)
    this.#browsers.set(key, launching)
    launching.catch(() => this.#browsers.delete(key))
    return launching
  }
}

/** A worker may end while it runs; playwright then ends it. */
async function launchUnwatched(options) {
  const { chromium } = forPlaywright(() => require('playwright-core'))
  const started = []
  const note = ({ process: child }) => started.push(child)
  subscribe('child_process', note)
  const browser = await chromium.launch(options).finally(() => unsubscribe('child_process', note))
  if (!process.send) return browser
  for (const child of started.filter(({ spawnfile }) => spawnfile === options.executablePath))
    for (const handle of [child, ...child.stdio]) handle?.unref?.()
  return browser
}

/** As the browser itself, but what it closes is what it opened. A browser that crashed, be it while it is asked, is launched anew for the next context. */
function lent(browser, contexts, launch) {
  const own = new Set()
  const newContext = async options => {
    const asked = browser.isConnected() ? browser : await launch()
    const context = await asked.newContext(options).catch(async error => {
      if (!String(error).includes('has been closed')) throw error
      // The connection ends a moment after what it carried: a closed one has to be seen as closed before another is launched.
      await asked.close()
      return (await launch()).newContext(options)
    })
    for (const set of [own, contexts]) {
      set.add(context)
      context.once('close', () => set.delete(context))
    }
    return context
  }
  const replaced = {
    newContext,
    newPage: async options => {
      const context = await newContext(options)
      const page = await context.newPage()
      page.once('close', () => void context.close())
      return page
    },
    contexts: () => [...own],
    close: async () => {
      await Promise.all([...own].map(context => context.close()))
    },
  }
  return new Proxy(browser, {
    get(target, name) {
      if (name in replaced) return replaced[name]
      const value = target[name]
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
