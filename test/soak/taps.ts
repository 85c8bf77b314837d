// What a person at a phone waits for a switch, one tap after the other.
import type { Random } from '../../dev/demo/random.ts'
import type { SubMerchant } from '../../backend/directory/merchants/schema.ts'
import { createSoakPerson } from './person.ts'
import { tapShops, type SoakWorld } from './world.ts'

export interface Tap {
  /** from the request to the answer, milliseconds */
  ms: number
  /** by performance.now() */
  sentAt: number
}

export interface Taps {
  answered: Tap[]
  /** the process went away meanwhile: the phone asks again by itself */
  lost: number
  /** answered 503 with Retry-After: the phone asks again by itself */
  busy: number
  /** answered otherwise than with success */
  refused: string[]
}

/** Taps until it is over, with a pause between two. */
export async function tapUntil(world: SoakWorld, random: Random, isOver: (taps: Taps) => boolean, pauseMs: number): Promise<Taps> {
  const person = createSoakPerson(world, 'demo-field_agent')
  const taps: Taps = { answered: [], lost: 0, busy: 0, refused: [] }
  while (!isOver(taps)) {
    const path = `/v1/sub-merchants/${random.pick(tapShops)}`
    const seen = await person.ask<SubMerchant>('GET', path)
    const body = seen.body.receipt.status === 'open' ? { status: 'closed', reason: '商户要求' } : { status: 'open' }
    const sentAt = performance.now()
    const answer = await person.once<{ code?: string }>('PUT', `${path}/receipt`, { body, ifMatch: seen.etag! })
    if (answer === null) taps.lost += 1
    else if (answer.status === 200) taps.answered.push({ ms: answer.ms, sentAt })
    else if (answer.status === 503) taps.busy += 1
    // what a killed process left open is not asked for again before it is settled
    else if (answer.body.code !== 'OPERATION_PENDING') taps.refused.push(`${answer.status} ${answer.body.code ?? ''}`)
    await new Promise(done => setTimeout(done, pauseMs))
  }
  return taps
}
