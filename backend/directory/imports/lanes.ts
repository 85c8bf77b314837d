// Batches under way: the next begins while the one before it is still being written, and each ends after it.
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Trx } from '../../database/connection.ts'

/** A batch is undone because the one before it was: never the fault of one of its rows. */
export class BatchBeforeFailed extends Error {}

/** milliseconds; a transaction that is silent for longer is taken for abandoned (database/client.ts) */
const signOfLifeEvery = 2_000

export class Lanes {
  readonly #underWay: Promise<void>[] = []
  #last: Promise<void> = Promise.resolve()
  #failure: { reason: unknown } | undefined

  /** Until fewer than `most` are under way. @throws what the first one that failed threw */
  async fewerThan(most: number): Promise<void> {
    while (this.#underWay.length >= most) await Promise.allSettled([this.#underWay[0]])
    if (this.#failure) throw this.#failure.reason
  }

  /** @param work is given the end of the batch before it, which it awaits before its own; rejected with BatchBeforeFailed */
  start(work: (before: Promise<void>) => Promise<void>): void {
    const before = this.#last.catch(() => {
      throw new BatchBeforeFailed('the batch before was not written')
    })
    before.catch(() => undefined)
    const one: Promise<void> = work(before).then(
      () => this.#left(one),
      (reason: unknown) => {
        this.#failure ??= { reason }
        this.#left(one)
        throw reason
      },
    )
    one.catch(() => undefined)
    this.#underWay.push(one)
    this.#last = one
  }

  /** Whether they were written or not. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#underWay)
  }

  #left(one: Promise<void>): void {
    this.#underWay.splice(this.#underWay.indexOf(one), 1)
  }
}

/** Waits inside a transaction, which says now and then that nobody has left it. @returns when `event` is there */
export async function whileOpen(
  trx: Trx,
  event: Promise<void>,
  look: () => Promise<unknown> = () => sql`select 1`.execute(trx),
): Promise<void> {
  for (;;) {
    const stop = new AbortController()
    const pause = setTimeout(signOfLifeEvery, 'still' as const, { signal: stop.signal }).catch(() => 'still' as const)
    try {
      if ((await Promise.race([event, pause])) !== 'still') return
    } finally {
      stop.abort()
    }
    await look()
  }
}
