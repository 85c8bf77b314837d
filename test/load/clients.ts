// A process of phones, apart from what is measured. Told by run.ts how many and where; tells at the end what they met. Ends with whoever started it.
import { setMaxListeners } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { seededRandom } from '../../dev/demo/random.ts'
import { liveDay } from './day.ts'
import { openPhone } from './phone.ts'
import { takePictures } from './photos.ts'
import { newTally, type Tally } from './tally.ts'

interface ClientsOrder {
  /** numbers of the phones, from … to before … */
  from: number
  to: number
  /** of all phones of the run: when each begins follows from it */
  phones: number
  urls: readonly string[]
  seed: number
  pace: number
  /** everybody has begun within so many milliseconds */
  rampMs: number
}
export interface ClientsReport {
  tally: Tally
  /** 99 of 100 turns of its event loop came no later, milliseconds */
  lag: number
}

/** @param over aborted: each phone ends when what it asked is answered */
async function runClients(order: ClientsOrder, over: AbortSignal, begun: (tally: Tally) => void): Promise<ClientsReport> {
  const { from, to, phones, urls, seed, pace, rampMs } = order
  // everybody who waits hears it
  setMaxListeners(0, over)
  const tally = newTally()
  const pictures = await takePictures()
  const loop = monitorEventLoopDelay()
  loop.enable()
  begun(tally)
  const days = Array.from({ length: to - from }, (_, index) => {
    const number = from + index
    const phone = openPhone({ number, urls, random: seededRandom(seed * 100_003 + number), tally })
    return liveDay(phone, { tally, pictures, pace, over, beginsAfter: (rampMs * number) / phones })
  })
  await Promise.all(days)
  loop.disable()
  return { tally, lag: loop.percentile(99) / 1e6 }
}

/** how far its people are */
const tellEveryMs = 500

/** What goes between the processes. */
export type ToClients = { kind: 'begin'; order: ClientsOrder } | { kind: 'end' }
export type FromClients = { kind: 'begun' } | { kind: 'acts'; acts: Tally['acts'] } | { kind: 'report'; report: ClientsReport }

function serve(): void {
  const over = new AbortController()
  const tell = (message: FromClients) => new Promise(done => process.send!(message, done))
  process.once('disconnect', () => process.exit(1))
  // Ctrl-C is for the run, which ends these
  process.on('SIGINT', () => {})
  process.on('message', async (message: ToClients) => {
    if (message.kind === 'end') return over.abort()
    const report = await runClients(message.order, over.signal, ({ acts }) => {
      void tell({ kind: 'begun' })
      setInterval(() => void tell({ kind: 'acts', acts }), tellEveryMs)
    })
    await tell({ kind: 'report', report })
    process.exit(0)
  })
}

if (process.send && import.meta.url === pathToFileURL(process.argv[1] ?? '').href) serve()
