import { describe, expect, it } from '@jest/globals'
import { keptAs } from '../../../miniprogram/phone/kept-as.ts'

const phone = (kept: Record<string, unknown> = {}) => ({
  kept,
  get: (key: string) => kept[key] ?? null,
  set: (key: string, value: unknown) => void (kept[key] = value),
})

interface Shop {
  name: string
  codes?: { store: string; at: number }[]
}
const shop = { name: '' } as const

describe('what the phone kept', () => {
  it('given it was written by this version, then it is read as it was', () => {
    const storage = phone()
    keptAs<Shop>(2, shop).write(storage, 'shop', { name: '科技面馆' })
    expect(keptAs<Shop>(2, shop).read(storage, 'shop')).toEqual({ name: '科技面馆' })
    expect(keptAs<Shop>(2, shop).read(storage, 'other')).toBeNull()
  })
  it('given an app that knew no versions wrote it, then it is of the first one', () => {
    expect(keptAs<Shop>(1, shop).read(phone({ shop: { name: '科技面馆' } }), 'shop')).toEqual({ name: '科技面馆' })
    expect(keptAs<Shop>(2, shop).read(phone({ shop: { name: '科技面馆' } }), 'shop')).toBeNull()
  })
  it('given another version wrote it, an older or a newer one, then it is upgraded or not read', () => {
    const storage = phone()
    keptAs<string>(1, '').write(storage, 'shop', '科技面馆')
    expect(keptAs<Shop>(2, shop).read(storage, 'shop')).toBeNull()
    const upgraded = keptAs<Shop>(2, shop, (older, version) => (version === 1 && typeof older === 'string' ? { name: older } : null))
    expect(upgraded.read(storage, 'shop')).toEqual({ name: '科技面馆' })
    keptAs<Shop>(3, shop).write(storage, 'shop', { name: '新' })
    expect(upgraded.read(storage, 'shop')).toBeNull()
  })
  it('given a value that is of another shape, at its top, within a list or below, then nothing is kept', () => {
    const whole = keptAs<Required<Shop>>(1, { name: '', codes: [{ store: '', at: 0 }] })
    const read = (value: unknown) => whole.read(phone({ shop: { kept_as: 1, value } }), 'shop')
    const good = { name: '科技面馆', codes: [{ store: '科苑店', at: 1 }], more: null }
    expect(read(good)).toEqual(good)
    expect(read({ ...good, codes: [] })).toEqual({ ...good, codes: [] })
    const codes = [{ store: '科苑店', at: 1 }, null]
    for (const other of [
      null,
      'x',
      1,
      [],
      {},
      [good],
      { ...good, name: null },
      { ...good, codes: {} },
      { ...good, codes },
      { ...good, codes: [{ store: '', at: '1' }] },
    ])
      expect([other, read(other)]).toEqual([other, null])
    expect(keptAs<number>(1, 0).read(phone({ shop: '5' }), 'shop')).toBeNull()
  })
})
