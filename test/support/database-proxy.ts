// A pooler between the program and PostgreSQL, as far as a client can tell: it reads the greeting, keeps or refuses its options as PgBouncer does, and can
// go silent or away like a network.
import { connect, createServer, type Socket } from 'node:net'
import { portOfOurs } from './ports.ts'

export interface DatabaseProxy {
  /** the same database and login, through the proxy */
  urlOf(url: string): string
  /** greetings so far that held something else than user, database and a name, as name=value */
  readonly refused: readonly string[]
  /** from now on nothing is passed on in either direction, and nobody is told */
  fallSilent(): void
  /** new connections work again; those from before stay silent */
  recover(): void
  /** ends every connection with a reset */
  cut(): void
  /** as above, and takes no new one until the function that it returns is called: a server that is away */
  goAway(): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** user, database and what every client may send (PgBouncer knows these without a setting) */
const known = new Set(['user', 'database', 'client_encoding', 'application_name'])

/**
 * @param target URL of the real server
 * @param options what becomes of a greeting with others: `drop` passes it on without them, `refuse` answers as PgBouncer does by default
 */
export async function startDatabaseProxy(target: string, options: 'drop' | 'refuse' | 'pass' = 'pass'): Promise<DatabaseProxy> {
  const { hostname, port } = new URL(target)
  const refused: string[] = []
  const pairs = new Set<{ near: Socket; far: Socket; silent: boolean }>()
  let silent = false
  const server = createServer(near => {
    const far = connect(Number(port), hostname)
    const pair = { near, far, silent }
    pairs.add(pair)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => undefined)
      from.on('close', () => {
        pairs.delete(pair)
        if (!pair.silent) to.destroy()
      })
    }
    let greeting = Buffer.alloc(0)
    let greeted = options === 'pass'
    near.on('data', chunk => {
      if (pair.silent) return
      if (greeted) return void far.write(chunk)
      greeting = Buffer.concat([greeting, chunk])
      if (greeting.length < 4 || greeting.length < greeting.readInt32BE(0)) return
      greeted = true
      const { kept, others } = readGreeting(greeting.subarray(8, greeting.readInt32BE(0)))
      refused.push(...others)
      if (others.length > 0 && options === 'refuse')
        return void near.end(refusal(`unsupported startup parameter: ${others[0]!.split('=')[0]}`))
      far.write(greetingOf(kept, greeting.readInt32BE(4)))
    })
    far.on('data', chunk => {
      if (!pair.silent) near.write(chunk)
    })
  })
  // nobody else gets it while the server is away
  const place = await portOfOurs()
  await new Promise<void>(done => server.listen(place, '127.0.0.1', done))
  const cut = () => {
    for (const { near, far } of pairs) {
      near.resetAndDestroy()
      far.destroy()
    }
  }
  return {
    refused,
    urlOf: url => Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(place) }).href,
    fallSilent() {
      silent = true
      for (const pair of pairs) pair.silent = true
    },
    recover() {
      silent = false
    },
    cut,
    async goAway() {
      const closed = new Promise(done => server.close(done))
      cut()
      await closed
      return () => new Promise<void>(done => server.listen(place, '127.0.0.1', done))
    },
    async close() {
      for (const { near, far } of pairs) {
        near.destroy()
        far.destroy()
      }
      await new Promise(done => server.close(done))
    },
  }
}

/** StartupMessage: https://www.postgresql.org/docs/18/protocol-message-formats.html */
function readGreeting(body: Buffer): { kept: [string, string][]; others: string[] } {
  const words = body.toString('utf8').split('\0')
  const kept: [string, string][] = []
  const others: string[] = []
  for (let at = 0; at + 1 < words.length && words[at] !== ''; at += 2) {
    const [name, value] = [words[at]!, words[at + 1]!]
    if (known.has(name)) kept.push([name, value])
    else others.push(`${name}=${value}`)
  }
  return { kept, others }
}

function greetingOf(pairs: [string, string][], version: number): Buffer {
  const body = Buffer.from(`${pairs.flat().join('\0')}\0\0`)
  const head = Buffer.alloc(8)
  head.writeInt32BE(body.length + 8, 0)
  head.writeInt32BE(version, 4)
  return Buffer.concat([head, body])
}

/** ErrorResponse */
function refusal(message: string): Buffer {
  const body = Buffer.from(`SFATAL\0VFATAL\0C08P01\0M${message}\0\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
