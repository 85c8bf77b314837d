// Where the log goes: standard error, whatever becomes of who reads it. pino's own destination tries a full disk again for ever when the program ends.
import { write, writeSync } from 'node:fs'

/** characters that wait while a reader is slow; more is dropped */
const mostWaiting = 16 * 2 ** 20
const again = new Set(['EAGAIN', 'EBUSY'])
const againAfterMs = 50

/** Lines are written in their order, many at once. What a reader that left or a full disk does not take is dropped: people are served without a log. */
export function logWriter(fd: number): { write(line: string): void } {
  let waiting = ''
  let underWay: Buffer | null = null
  const next = (): void => {
    underWay = waiting === '' ? null : Buffer.from(waiting)
    waiting = ''
    if (underWay) put(underWay)
  }
  const put = (bytes: Buffer): void =>
    write(fd, bytes, (error, written) => {
      underWay = error ? bytes : bytes.subarray(written)
      if (error && again.has(error.code ?? '')) setTimeout(put, againAfterMs, bytes).unref()
      else if (error || underWay.length === 0) next()
      else put(underWay)
    })
  // what is under way may come twice, which is better than not at all
  process.on('exit', () => {
    try {
      writeSync(fd, Buffer.concat([underWay ?? Buffer.alloc(0), Buffer.from(waiting)]))
    } catch {
      // nobody takes it
    }
  })
  return {
    write(line) {
      if (waiting.length + line.length > mostWaiting) return
      waiting += line
      if (underWay === null) next()
    },
  }
}
