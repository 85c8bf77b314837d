// 扫一扫 whose package is still on its way, with WeChat's pages in the test's hand.
import { beforeEach, expect, test } from '@jest/globals'

interface Scanner {
  scan(): Promise<string | null>
}
let front: object = { page: 'a' }
let said: string[] = []
let bring: { resolve(scan: Scanner): void; reject(error: Error): void }

const nothing: unknown = new Proxy(() => nothing, {
  get: (_, name) => (name === 'USER_DATA_PATH' ? '/tmp' : name === Symbol.toPrimitive ? () => '' : nothing),
})
Object.assign(globalThis, {
  wx: new Proxy(
    { showModal: ({ content, complete }: { content: string; complete?: () => void }) => (said.push(content), complete?.()) },
    {
      get: (own: Record<string, unknown>, name: string) =>
        own[name] ?? (name === 'getAccountInfoSync' ? () => ({ miniProgram: {} }) : nothing),
    },
  ),
  getCurrentPages: () => [front],
  Behavior: (options: object) => options,
})
// of the program with WeChat's types: not known here
const load = <T>(path: string) => import(new URL(`../../../miniprogram/${path}`, import.meta.url).href) as Promise<T>
// as WeChat's `require` gives them
const scripts: Record<string, unknown> = {
  './scan': await load('stores/scan.ts'),
  '../rules/error-copy': await load('rules/error-copy.ts'),
}
Object.assign(globalThis, { require: (path: string) => scripts[path] })
const { stores } = await load<{ stores: { scan: { store: Scanner | null; bring: () => Promise<Scanner> } } }>('stores/index.ts')
const { withScanner } = await load<{ withScanner(work: (scan: Scanner) => Promise<string | null>): Promise<string | null> }>(
  'behaviors/scanning.ts',
)

beforeEach(() => {
  front = { page: 'a' }
  said = []
  stores.scan.bring = () => new Promise((resolve, reject) => (bring = { resolve, reject }))
})

let scans = 0
const scanner: Scanner = { scan: async () => String((scans += 1)) }

test('given a page that was left while its package came, then no camera opens and nothing is said; whoever stayed scans', async () => {
  const left = withScanner(scan => scan.scan())
  await Promise.resolve()
  front = { page: 'b' }
  bring.reject(new Error('no network'))
  expect([await left, said]).toEqual([null, []])

  const gone = withScanner(scan => scan.scan())
  await Promise.resolve()
  front = { page: 'c' }
  bring.resolve(scanner)
  expect([await gone, scans]).toEqual([null, 0])

  expect(await withScanner(scan => scan.scan())).toBe('1')
})

test('given a package that does not come while the page is in front, then the person is told', async () => {
  stores.scan.store = null
  const stayed = withScanner(scan => scan.scan())
  await Promise.resolve()
  bring.reject(new Error('no network'))
  expect(await stayed).toBeNull()
  expect(said).toHaveLength(1)
})
