// What takes the place of AsyncLocalStorage for jest-circus and playwright.
import async_hooks from 'node:async_hooks'
import { afterEach, expect, it } from '@jest/globals'
import { forPlaywright, forTests } from './unwatched-promises.mjs'

const { AsyncLocalStorage } = async_hooks
afterEach(() => expect(async_hooks.AsyncLocalStorage).toBe(AsyncLocalStorage))

const pause = () => new Promise(done => setImmediate(done))
const fail = async () => {
  await pause()
  throw new Error('it failed')
}
const forTestsMade = () => {
  const giveBack = forTests()
  const made = new async_hooks.AsyncLocalStorage<string>()
  giveBack()
  return made
}

it('given a test with its hooks, then each is known while it runs, whatever it waits for, and none afterwards', async () => {
  const storage = forTestsMade()
  const seen: unknown[] = []
  const see = async () => {
    seen.push(storage.getStore())
    await pause()
    seen.push(storage.getStore())
  }
  await storage.run('a test', async () => {
    await storage.run('its hook', see)
    await see()
    await expect(storage.run('a hook that fails', fail)).rejects.toThrow('it failed')
    await see()
  })
  await see()
  expect(seen).toEqual(['its hook', 'its hook', 'a test', 'a test', 'a test', 'a test', undefined, undefined])
})

it('given calls of playwright at the same time, then none takes another for its own', async () => {
  const storage = forPlaywright(() => new async_hooks.AsyncLocalStorage<string>())
  const seen: unknown[] = []
  const call = (name: string) =>
    storage.run(name, async () => {
      seen.push(storage.getStore())
      await pause()
    })
  await Promise.all([call('one'), call('other')])
  await expect(storage.run('it fails', fail)).rejects.toThrow('it failed')
  expect([...seen, storage.getStore()]).toEqual(['one', 'other', undefined])
})

it('given a test of this run, then node watches none of its promises', async () => {
  await pause()
  await Promise.resolve()
  // within a promise that is watched it is the number of that promise
  expect(async_hooks.executionAsyncId()).toBe(0)
})
