// Ports for programs that must be told one before they begin. Whoever listens anywhere gets one of those that the system hands out (Linux from 32768, others
// from 49152): one that was tried and let go may be somebody's when the program comes to it. These stand below, and each worker has its own.
import { createServer } from 'node:net'

const first = 20_000
const ofEach = 200
const workers = 50
let next = Math.floor(Math.random() * ofEach)

/** @returns one that nobody has, and that no other test file asks for */
export async function portOfOurs(): Promise<number> {
  const from = first + (Number(process.env.JEST_WORKER_ID ?? 0) % workers) * ofEach
  for (let tried = 0; tried < ofEach; tried += 1) {
    const port = from + (next++ % ofEach)
    if (await isFree(port)) return port
  }
  throw new Error(`the ports from ${from} to ${from + ofEach - 1} are taken`)
}

const isFree = (port: number): Promise<boolean> =>
  new Promise(done => {
    const server = createServer().once('error', () => done(false))
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)))
  })
