// Work that nobody waits for gives way to whoever waits.
import { describe, expect, it } from '@jest/globals'
import { createPeople } from '../../../backend/http/people.ts'
import type { Database } from '../../../backend/database/connection.ts'

const asked = {} as Database

describe('people who wait for an answer', () => {
  it('given nobody, then there is nothing to wait for', async () => {
    await createPeople(asked).gone(60_000)
  })

  it('given two who wait, then the way is free when the second has the answer', async () => {
    const people = createPeople(asked)
    const [first, second] = [people.came(), people.came()]
    const told: string[] = []
    const free = people.gone(60_000).then(() => told.push('free'))
    first()
    await Promise.resolve()
    told.push('one has the answer')
    second()
    await free
    expect(told).toEqual(['one has the answer', 'free'])
  })

  it('given somebody who waits on and on, then the work begins all the same', async () => {
    const people = createPeople(asked)
    people.came()
    await people.gone(5)
  })
})
