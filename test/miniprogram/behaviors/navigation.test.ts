// Two taps open one page, with WeChat's navigation in the test's hand.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'

interface Asked {
  how: string
  url: string
  complete: () => void
}
let asked: Asked[] = []
let pages = 1
let now = 1_000_000

const nothing: unknown = new Proxy(() => nothing, {
  get: (_, name) => (name === 'USER_DATA_PATH' ? '/tmp' : name === Symbol.toPrimitive ? () => '' : nothing),
})
const opening =
  (how: string) =>
  ({ url, complete }: { url: string; complete: () => void }) =>
    void asked.push({ how, url, complete })
Object.assign(globalThis, {
  wx: new Proxy(
    { navigateTo: opening('navigateTo'), redirectTo: opening('redirectTo'), switchTab: opening('switchTab') },
    {
      get: (own: Record<string, unknown>, name: string) =>
        own[name] ?? (name === 'getAccountInfoSync' ? () => ({ miniProgram: {} }) : nothing),
    },
  ),
  getCurrentPages: () => Array.from({ length: pages }),
})
// of the program with WeChat's types: not known here
const navigation = (await import(new URL('../../../miniprogram/behaviors/navigation.ts', import.meta.url).href)) as {
  goTo(url: string): void
  goToTab(url: string): void
}

beforeEach(() => {
  asked = []
  pages = 1
  now += 60_000
  jest.spyOn(Date, 'now').mockImplementation(() => now)
})
afterEach(() => {
  asked.forEach(({ complete }) => complete())
  jest.restoreAllMocks()
})

describe('a tap that opens a page', () => {
  it('given two taps, then one page is opened, and the next tap after it is there opens another', () => {
    navigation.goTo('/a')
    now += 200
    navigation.goTo('/a')
    navigation.goToTab('/b')
    expect(asked.map(({ url }) => url)).toEqual(['/a'])
    asked[0]!.complete()
    navigation.goTo('/c')
    expect(asked.map(({ url }) => url)).toEqual(['/a', '/c'])
  })
  it('given WeChat lost the request, then a tap opens again after a while', () => {
    navigation.goTo('/a')
    now += 1_499
    navigation.goTo('/a')
    expect(asked).toHaveLength(1)
    now += 1
    navigation.goTo('/a')
    expect(asked).toHaveLength(2)
  })
  it('given the clock of the phone was set back meanwhile, then a tap still opens', () => {
    navigation.goTo('/a')
    now -= 3_600_000
    navigation.goTo('/b')
    expect(asked.map(({ url }) => url)).toEqual(['/a', '/b'])
  })
  it('given ten pages are open, then the new one takes the place of the last', () => {
    pages = 9
    navigation.goTo('/a')
    asked[0]!.complete()
    pages = 10
    navigation.goTo('/b')
    expect(asked.map(({ how }) => how)).toEqual(['navigateTo', 'redirectTo'])
  })
})
