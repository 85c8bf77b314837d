// How many changes a second there are without a database: the same client, signed request and verified answer, against the same sandbox on the same cores.
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { builtProgram } from '../../dev/programs.ts'
import type { SoakWorld } from './world.ts'

const measuredMs = 2_000
/** calls under way of each thread */
const atOnce = 24
/** shops of nobody: each thread has a million */
const shopsFrom = 1_950_000_000

/** @returns changes a second of as many threads as the soak has processes */
export async function exchangeLimit({ sandbox, programs, backends }: SoakWorld): Promise<number> {
  const rates = await Promise.all(
    backends.map(async (_, index) => {
      const workerData = {
        client: pathToFileURL(builtProgram(programs, 'backend/wechatpay/index.ts')).href,
        credentials: sandbox.credentials,
        from: shopsFrom + index * 1_000_000,
        atOnce,
        ms: measuredMs,
      }
      const thread = new Worker(new URL('./exchange-thread.mjs', import.meta.url), { workerData, execArgv: [] })
      return ((await once(thread, 'message')) as [number])[0]
    }),
  )
  return rates.reduce((sum, one) => sum + one, 0)
}
