// Stores that are made when somebody first asks for them (stores/late).
import { describe, expect, it } from '@jest/globals'
import { autorun, observable } from 'mobx-miniprogram'
import { besides, forAccount, late, lateData, made, withLate } from '../../../miniprogram/stores/late.ts'

/** what happened to it, in order */
class Notes {
  readonly lockable = true
  readonly seen: string[] = []
  use = (staff_id: string | null) => void this.seen.push(`use ${staff_id}`)
  wipe = (staff_id: string) => void this.seen.push(`wipe ${staff_id}`)
}
const session = (id: string | null, locked = false) => ({ staff: id === null ? null : ({ id } as never), locked })

describe('a late store', () => {
  it('is made once, when it is first asked for', () => {
    let times = 0
    const store = late(() => ({ times: (times += 1) }))
    expect([times, store.made, made(store)]).toEqual([0, null, []])
    expect([store(), store(), store.made]).toEqual([{ times: 1 }, { times: 1 }, { times: 1 }])
  })

  it('is made where it is read of the stores, and no earlier for the stores of a package', () => {
    const store = late(() => ({ name: 'late' }))
    const stores = besides(withLate({ early: 1 }, { store }), { own: 2 })
    expect([stores.early, stores.own, store.made]).toEqual([1, 2, null])
    expect([stores.store, store.made]).toEqual([{ name: 'late' }, { name: 'late' }])
  })

  it('is not followed by what draws while it is made', () => {
    const read = observable.box(1)
    const store = late(() => ({ first: read.get() }))
    let drawn = 0
    const stop = autorun(() => {
      store()
      drawn += 1
    })
    read.set(2)
    stop()
    expect(drawn).toBe(1)
  })
})

describe('what the phone keeps for an account', () => {
  it('given somebody logged in, when the store is made, then it shows what is theirs; nothing where the app is locked', () => {
    expect(forAccount(new Notes(), session('a')).seen).toEqual(['use a'])
    expect(forAccount(new Notes(), session('a', true)).seen).toEqual(['use null'])
    expect(forAccount(new Notes(), session(null)).seen).toEqual(['use null'])
  })

  it('given a store that nobody asked for, when an account comes, then none is made; when it leaves, then it is forgotten', () => {
    const store = late(() => new Notes())
    const data = lateData(store, true)
    data.use('a')
    expect([store.made, data.lockable]).toEqual([null, true])
    data.wipe('a')
    expect(store.made?.seen).toEqual(['wipe a'])
    data.use('b')
    expect(store.made?.seen).toEqual(['wipe a', 'use b'])
  })
})
