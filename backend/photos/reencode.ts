// Photos are decoded in a thread: it takes a good part of a second of computing, and a file that was made to hurt hurts only the thread.
import { Worker } from 'node:worker_threads'

export interface Reencoded {
  /** JPEG, at most 1,600 pixels on its longer side, without metadata */
  bytes: Uint8Array
  width: number
  height: number
}

export interface Reencoder {
  /** One after the other. @throws UnreadablePhotoError */
  reencode(bytes: Uint8Array): Promise<Reencoded>
  close(): Promise<void>
}

/** The file cannot be decoded, or not in time. */
export class UnreadablePhotoError extends Error {}

const timeLimitMs = 20_000
const script = new URL('./reencode-thread.mjs', import.meta.url)

type Answer = { id: number } & ({ error: string } | Reencoded)

/** The thread starts with the first photo. */
export function createReencoder(): Reencoder {
  let thread: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()
  let next = 0

  const start = (): Worker => {
    const started = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: 512 }, execArgv: [] })
    // a process that is done does not wait for it
    started.unref()
    return started
  }
  const drop = async () => {
    const dropped = thread
    thread = undefined
    await dropped?.terminate()
  }
  const work = (bytes: Uint8Array): Promise<Reencoded> =>
    new Promise((done, fail) => {
      const worker = (thread ??= start())
      const id = (next += 1)
      const end = (settle: () => void) => {
        clearTimeout(timer)
        worker.off('message', onAnswer).off('error', onEnd).off('exit', onEnd)
        settle()
      }
      const onAnswer = (answer: Answer) => {
        if (answer.id !== id) return
        end(() => ('error' in answer ? fail(new UnreadablePhotoError(answer.error)) : done(answer)))
      }
      const onEnd = (why: unknown) => {
        thread = undefined
        end(() => fail(new UnreadablePhotoError(`the thread ended: ${String(why)}`)))
      }
      const timer = setTimeout(() => {
        end(() => fail(new UnreadablePhotoError('not decoded in time')))
        void drop()
      }, timeLimitMs)
      worker.on('message', onAnswer).on('error', onEnd).on('exit', onEnd)
      worker.postMessage({ id, bytes })
    })

  return {
    reencode(bytes) {
      const result = last.then(() => work(bytes))
      last = result.catch(() => undefined)
      return result
    },
    async close() {
      await last
      await drop()
    },
  }
}
