// mobx-miniprogram as it ships: cut down and shortened by scripts/build-npm.ts, which unit tests of the app do not run.
import { expect, test } from '@jest/globals'
import { createRequire } from 'node:module'
import type * as Mobx from 'mobx-miniprogram'

const packed = createRequire(import.meta.url)('../../miniprogram/miniprogram_npm/mobx-miniprogram/index.js') as Pick<
  typeof Mobx,
  'comparer' | 'computed' | 'makeAutoObservable' | 'observable' | 'reaction' | 'runInAction' | 'toJS'
>
const { comparer, computed, makeAutoObservable, observable, reaction, runInAction, toJS } = packed

test('given a store, when its fields, lists and boxes change, then what is derived of them follows, and who listens hears it once', () => {
  class Store {
    count = 1
    names = ['a']
    kept: { deep: number } = { deep: 1 }
    readonly seen = observable.box<Readonly<Record<string, number>>>({}, { deep: false })
    constructor() {
      makeAutoObservable(this, { kept: observable.ref, seen: false }, { autoBind: true })
    }
    get twice() {
      return this.count * 2
    }
    add(name: string) {
      this.count += 1
      this.names.push(name)
    }
  }
  const store = new Store()
  const heard: unknown[] = []
  const stop = reaction(
    () => ({ twice: store.twice, names: toJS(store.names), deep: store.kept.deep, seen: store.seen.get()['x'] ?? 0 }),
    now => heard.push(now),
    { equals: comparer.structural },
  )
  const { add } = store
  add('b')
  runInAction(() => {
    store.kept = { deep: 2 }
    store.seen.set({ x: 3 })
  })
  // nothing that is listened to
  runInAction(() => (store.kept = { deep: 2 }))
  stop()
  add('c')
  expect(heard).toEqual([
    { twice: 4, names: ['a', 'b'], deep: 1, seen: 0 },
    { twice: 4, names: ['a', 'b'], deep: 2, seen: 3 },
  ])
})

test('given a box and what is computed of it, then both are kept up', () => {
  const box = observable.box(1)
  const next = computed(() => box.get() + 1)
  const heard: number[] = []
  reaction(
    () => next.get(),
    value => heard.push(value),
    { fireImmediately: true },
  )
  runInAction(() => box.set(2))
  expect([next.get(), heard]).toEqual([3, [2, 3]])
})

test('what no store uses is left out, and says so', () => {
  expect(() => observable.set()).toThrow('left out')
  expect(() => observable.map()).toThrow('left out')
  expect(() => makeAutoObservable({ kept: new Map() })).toThrow('left out')
})
