// A network in front of a server: every connection costs round trips before its first byte, every byte takes its time. Lighthouse's slow 4G.
import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

export interface Network {
  /** milliseconds of one round trip */
  roundTrip: number
  /** bytes a second */
  down: number
  up: number
  /** round trips before a connection carries anything: TCP and TLS 1.3 are 2 */
  handshakes: number
}

export const slow4g: Network = { roundTrip: 150, down: (1.6 * 1024 * 1024) / 8, up: (750 * 1024) / 8, handshakes: 2 }

/** @returns the port to ask instead */
export async function throttle(port: number, { roundTrip, down, up, handshakes }: Network): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>()
  const server = createServer(client => {
    const upstream = connect(port, '127.0.0.1')
    const begins = performance.now() + roundTrip * handshakes
    carry(client, upstream, roundTrip / 2, up, begins)
    carry(upstream, client, roundTrip / 2, down, begins)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket
        .setNoDelay(true)
        .on('error', () => socket.destroy())
        .on('close', () => {
          sockets.delete(socket)
          client.destroy()
          upstream.destroy()
        })
    }
  })
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** In order: each piece leaves when those before it are through, and arrives half a round trip later. */
function carry(from: Socket, to: Socket, delay: number, perSecond: number, begins: number): void {
  let free = begins
  from.on('data', (piece: Buffer) => {
    free = Math.max(free, performance.now()) + (piece.length / perSecond) * 1_000
    setTimeout(() => void (to.destroyed || to.write(piece)), free + delay - performance.now())
  })
}
