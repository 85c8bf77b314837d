// The environment of a test file: node's, and what is dear enough to be made once a worker instead of once a file. It lives outside of the files' realm.
import { createRequire } from 'node:module'
import { rememberingEsbuild } from './remembering-esbuild.mjs'
import { lendRsaKeys } from './rsa-keys.mjs'
import { SharedChromium } from './shared-chromium.mjs'
import { forTests } from './unwatched-promises.mjs'

// jest's own; it is no dependency of ours
const require = createRequire(import.meta.url)
const { TestEnvironment } = createRequire(require.resolve('jest/package.json'))('jest-environment-node')

const shared = new SharedChromium()
/** test/support/compile-once.ts */
const builds = new Map()

/** What jest.config.mjs gives to a file in place of packages: the file of that name beside this one. */
export default class extends TestEnvironment {
  constructor(config, context) {
    super(config, context)
    this.circusIsLoaded = forTests()
    this.chromium = shared.lend()
    this.global.ofTheWorker = {
      esbuild: rememberingEsbuild,
      chromium: this.chromium,
      builds,
      newRsaKey: lendRsaKeys(),
      // read once, and warm: every file of a browser compiles the same styles
      get postcss() {
        return require('postcss')
      },
      get selectorParser() {
        return require('postcss-selector-parser')
      },
    }
  }

  handleTestEvent({ name }) {
    if (name === 'setup') this.circusIsLoaded()
  }

  async teardown() {
    this.circusIsLoaded()
    await this.chromium.giveBack()
    // alone in jest's own process, nobody ends it
    if (!process.send) await shared.close()
    await super.teardown()
  }
}
