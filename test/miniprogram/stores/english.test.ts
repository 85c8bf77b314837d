// English words of the main package come from a sub-package (stores/preferences).
import { beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { KeyValues } from '../../../miniprogram/phone/phone.ts'
import type { PreferencesStore as Preferences } from '../../../miniprogram/stores/preferences.ts'

const words = { 'tab.home': 'Home' }
let kept: Map<string, unknown>
const storage: KeyValues = {
  get: <T>(key: string) => (kept.get(key) as T | undefined) ?? null,
  set: (key, value) => void kept.set(key, value),
  remove: key => void kept.delete(key),
}
/** The app is opened: its scripts run anew, what the phone keeps is there. */
async function open(load: () => Promise<typeof words>, version = '1.0.0'): Promise<Preferences> {
  jest.resetModules()
  await import('../../../miniprogram/words/index.ts')
  const { PreferencesStore } = await import('../../../miniprogram/stores/preferences.ts')
  return new PreferencesStore(storage, { version, load })
}
const missing = () => Promise.reject(new Error('loadSubpackage timeout'))
const settled = () => new Promise(resolve => setImmediate(resolve))

beforeEach(() => {
  kept = new Map()
})

describe('given a person who reads English', () => {
  it('when the words are loaded, then the app speaks English, and Chinese until then', async () => {
    const preferences = await open(async () => words)
    preferences.setLanguageChoice('en')
    expect([preferences.language, preferences.say('tab.home')]).toEqual(['zh-CN', '工作台'])
    await settled()
    expect([preferences.language, preferences.say('tab.home')]).toEqual(['en', 'Home'])
  })

  it('when the app was opened with them before, then it speaks English at once, without the package', async () => {
    ;(await open(async () => words)).setLanguageChoice('en')
    await settled()
    const preferences = await open(missing)
    expect([preferences.language, preferences.say('tab.home')]).toEqual(['en', 'Home'])
  })

  it('when the app was updated, then what the version before kept is not said', async () => {
    ;(await open(async () => words)).setLanguageChoice('en')
    await settled()
    expect((await open(missing, '1.0.1')).language).toBe('zh-CN')
  })

  it('when the package was not there, then it is asked for again', async () => {
    const answers = [missing, async () => words]
    const preferences = await open(() => answers.shift()!())
    preferences.setLanguageChoice('en')
    await settled()
    expect(preferences.language).toBe('zh-CN')
    preferences.bringEnglish()
    await settled()
    expect(preferences.language).toBe('en')
  })
})

it('given a person who reads Chinese, then nothing is loaded', async () => {
  const load = jest.fn(async () => words)
  const preferences = await open(load)
  preferences.setLanguageChoice('zh-CN')
  await settled()
  expect(load).not.toHaveBeenCalled()
})
