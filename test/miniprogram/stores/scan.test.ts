// The door of 扫一扫: its store stands in a sub-package, which a phone may not have.
import { describe, expect, it } from '@jest/globals'
import { ApiError } from '../../../miniprogram/api/errors.ts'
import { ScanDoor, type Scanner } from '../../../miniprogram/stores/scan.ts'

const notThere = () => Promise.reject(new ApiError({ kind: 'network', code: 'NETWORK_FAILED' }))
const scanner = { sheet: null, busy: false } as Scanner

describe('scanning', () => {
  it('that was never downloaded says so, and is tried anew by the next scan', async () => {
    let bring: () => Promise<Scanner> = notThere
    const door = new ScanDoor(() => bring())
    await expect(door.open()).rejects.toMatchObject({ code: 'NETWORK_FAILED' })
    expect([door.opening, door.store]).toEqual([false, null])
    bring = async () => scanner
    expect(await door.open()).toBe(scanner)
  })

  it('that is being loaded is busy, and is loaded once', async () => {
    let asked = 0
    const door = new ScanDoor(async () => ((asked += 1), scanner))
    const opening = door.open()
    expect(door.opening).toBe(true)
    await opening
    await door.open()
    expect([asked, door.opening, door.store]).toEqual([1, false, scanner])
  })
})
