// A request whose headers have arrived and whose body has not: time enough for its sender to lose his rights.
import { connect, type Socket } from 'node:net'

export interface HalfSent {
  /** sends the rest. @returns the status; null where the connection was lost */
  finish(): Promise<number | null>
}

const answerMs = 20_000

/** @param url of the process, without a path */
export async function sendHalf(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<HalfSent> {
  const bytes = Buffer.from(JSON.stringify(body))
  const head = { host: 'backend', 'content-type': 'application/json', 'content-length': String(bytes.length), ...headers }
  const socket = await open(url)
  socket.write(
    `${method} ${path} HTTP/1.1\r\n${Object.entries(head)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`,
  )
  socket.write(bytes.subarray(0, bytes.length / 2))
  return {
    finish() {
      const status = statusOn(socket)
      socket.write(bytes.subarray(bytes.length / 2))
      return status
    },
  }
}

function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  return new Promise((done, fail) => {
    const socket = connect(Number(port), hostname, () => done(socket))
    socket.once('error', fail)
    socket.on('error', () => undefined)
  })
}

function statusOn(socket: Socket): Promise<number | null> {
  return new Promise(done => {
    const end = (status: number | null) => {
      clearTimeout(timer)
      socket.destroy()
      done(status)
    }
    const timer = setTimeout(() => end(null), answerMs)
    socket.once('close', () => end(null))
    socket.once('data', chunk => end(Number(/^HTTP\/1\.1 (\d{3})/.exec(chunk.toString('latin1'))?.[1] ?? 0) || null))
  })
}
