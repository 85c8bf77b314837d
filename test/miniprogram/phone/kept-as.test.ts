import { describe, expect, it } from '@jest/globals'
import { keptAs } from '../../../miniprogram/phone/kept-as.ts'

const phone = (kept: Record<string, unknown> = {}) => ({
  kept,
  get: (key: string) => kept[key] ?? null,
  set: (key: string, value: unknown) => void (kept[key] = value),
})

interface Shop {
  name: string
}

describe('what the phone kept', () => {
  it('given it was written by this version, then it is read as it was', () => {
    const storage = phone()
    keptAs<Shop>(2).write(storage, 'shop', { name: '科技面馆' })
    expect(keptAs<Shop>(2).read(storage, 'shop')).toEqual({ name: '科技面馆' })
    expect(keptAs<Shop>(2).read(storage, 'other')).toBeNull()
  })
  it('given an app that knew no versions wrote it, then it is of the first one', () => {
    expect(keptAs<Shop>(1).read(phone({ shop: { name: '科技面馆' } }), 'shop')).toEqual({ name: '科技面馆' })
    expect(keptAs<Shop>(2).read(phone({ shop: { name: '科技面馆' } }), 'shop')).toBeNull()
  })
  it('given another version wrote it, an older or a newer one, then it is upgraded or not read', () => {
    const storage = phone()
    keptAs<string>(1).write(storage, 'shop', '科技面馆')
    expect(keptAs<Shop>(2).read(storage, 'shop')).toBeNull()
    const upgraded = keptAs<Shop>(2, (older, version) => (version === 1 && typeof older === 'string' ? { name: older } : null))
    expect(upgraded.read(storage, 'shop')).toEqual({ name: '科技面馆' })
    keptAs<Shop>(3).write(storage, 'shop', { name: '新' })
    expect(upgraded.read(storage, 'shop')).toBeNull()
  })
})
