// A stretch of network that can be cut and made slow: loopback to loopback, to a port that may change while it stands.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Wire {
  readonly port: number
  /** port of 127.0.0.1 that new connections lead to; null: nobody is there */
  target: number | null
  /** milliseconds that everything takes longer, each way */
  delayMs: number
  /** ends every connection with a reset; new ones work */
  cut(): void
  close(): Promise<void>
}

export async function openWire(): Promise<Wire> {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, near => {
    near.on('error', () => undefined)
    if (wire.target === null) return void near.resetAndDestroy()
    const far = connect({ port: wire.target, host: '127.0.0.1', allowHalfOpen: true })
    far.on('error', () => undefined)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      // in order, however the delay changes
      let passed = Promise.resolve()
      const later = (pass: () => void) => {
        const due = Date.now() + wire.delayMs
        passed = passed.then(() => until(due)).then(() => void (to.destroyed || pass()))
      }
      from.on('data', chunk => later(() => to.write(chunk)))
      from.on('end', () => later(() => to.end()))
      from.on('close', () => {
        sockets.delete(from)
        later(() => to.destroy())
      })
    }
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const wire: Wire = {
    port: (server.address() as AddressInfo).port,
    target: null,
    delayMs: 0,
    cut,
    async close() {
      cut()
      await new Promise(done => server.close(done))
    },
  }
  return wire
}

async function until(due: number): Promise<void> {
  const left = due - Date.now()
  if (left > 0) await new Promise(done => setTimeout(done, left))
}
