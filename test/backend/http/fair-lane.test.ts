// Slow work takes turns: whoever brings much delays only himself, and what nobody waits for is dropped.
import { describe, expect, test } from '@jest/globals'
import { createFairLane } from '../../../backend/http/fair-lane.ts'

/** Work that ends when it is told to, and notes when it began. */
function given(limits: Partial<Parameters<typeof createFairLane>[0]> = {}) {
  const lane = createFairLane({ atOnce: 1, perPerson: 3, inAll: 5, retryAfter: 7, ...limits })
  const began: string[] = []
  const ends: (() => void)[] = []
  const bring = (person: string, name: string, signal?: AbortSignal) => {
    const work = () => {
      began.push(name)
      return new Promise<string>(done => ends.push(() => done(name)))
    }
    const result = lane.run(person, work, signal)
    result.catch(() => undefined)
    return result
  }
  const endFirst = async () => {
    ends.shift()?.()
    await new Promise(setImmediate)
  }
  return { lane, began, bring, endFirst }
}
const refused = { code: 'OVERLOADED', extras: { retry_after: 7 } }

describe('turns', () => {
  test('given three of one person before the first of another, then the other waits for one only', async () => {
    const { began, bring, endFirst } = given()
    for (const name of ['a1', 'a2', 'a3']) void bring('a', name)
    void bring('b', 'b1')
    for (let turn = 0; turn < 4; turn += 1) await endFirst()
    expect(began).toEqual(['a1', 'b1', 'a2', 'a3'])
  })
  test('given room for two at once, then one person still has one', async () => {
    const { began, bring } = given({ atOnce: 2 })
    for (const [person, name] of [
      ['a', 'a1'],
      ['a', 'a2'],
      ['b', 'b1'],
    ] as const)
      void bring(person, name)
    expect(began).toEqual(['a1', 'b1'])
  })
  test('given work that fails, then whoever brought it hears why and the next has its turn', async () => {
    const { lane, began, bring } = given()
    await expect(lane.run('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    void bring('b', 'b1')
    await new Promise(setImmediate)
    expect(began).toEqual(['b1'])
  })
})

describe('bounds', () => {
  test('given the fourth of one person, then it is refused and told when to come again; another person is taken', async () => {
    const { bring, began, endFirst } = given()
    for (const name of ['a1', 'a2', 'a3']) void bring('a', name)
    await expect(bring('a', 'a4')).rejects.toMatchObject(refused)
    const other = bring('b', 'b1')
    for (let turn = 0; turn < 4; turn += 1) await endFirst()
    expect([await other, began]).toEqual(['b1', ['a1', 'b1', 'a2', 'a3']])
  })
  test('given as many as the lane takes, then whoever comes is refused', async () => {
    const { bring } = given()
    for (const person of ['a', 'b', 'c', 'd', 'e']) void bring(person, person)
    await expect(bring('f', 'f1')).rejects.toMatchObject(refused)
  })
  test('given nobody who waits for it any longer, then work that has not begun is dropped, and its place is free', async () => {
    const { bring, began, endFirst } = given()
    const gone = new AbortController()
    void bring('a', 'a1')
    const dropped = bring('b', 'b1', gone.signal)
    void bring('c', 'c1')
    gone.abort()
    await expect(dropped).rejects.toMatchObject(refused)
    await endFirst()
    expect(began).toEqual(['a1', 'c1'])
  })
  test('given closing, then what waits is refused and what runs is waited for', async () => {
    const { lane, bring, endFirst } = given()
    const running = bring('a', 'a1')
    const waiting = bring('b', 'b1')
    let closed = false
    const closing = lane.close().then(() => (closed = true))
    await expect(waiting).rejects.toMatchObject(refused)
    expect(closed).toBe(false)
    await endFirst()
    await closing
    expect(await running).toBe('a1')
    await expect(bring('c', 'c1')).rejects.toMatchObject(refused)
  })
})
