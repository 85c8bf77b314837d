// COPY to and from PostgreSQL as streams, over the messages that `pg` knows (https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-COPY).
import { once } from 'node:events'
import { Readable, type Duplex } from 'node:stream'
import type pg from 'pg'

/** What pg's connection can do; its published types leave these out. */
interface CopyConnection {
  readonly stream: Duplex
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(message: string): void
}

/** `COPY 12` → 12 */
const rowsIn = ({ text }: { text: string }): number => Number(/^COPY (\d+)$/.exec(text)?.[1])

class CopyOut {
  rows = 0
  readonly stream: Readable
  #connection: CopyConnection | undefined
  readonly #sql: string

  constructor(sql: string) {
    this.#sql = sql
    this.stream = new Readable({ read: () => void this.#connection?.stream.resume() })
  }
  submit(connection: CopyConnection): void {
    this.#connection = connection
    connection.query(this.#sql)
  }
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // copied: the parser uses its memory again
    if (!this.stream.push(Buffer.from(chunk))) this.#connection!.stream.pause()
  }
  handleCommandComplete(message: { text: string }): void {
    this.rows = rowsIn(message)
  }
  handleReadyForQuery(): void {
    this.stream.push(null)
    // nobody reads on after the end: where the last rows filled the stream, the connection would stay paused for whatever is asked next
    this.#connection!.stream.resume()
  }
  handleError(error: Error): void {
    this.stream.destroy(error)
  }
}

/**
 * @param sql COPY … TO STDOUT
 * @returns the rows' bytes, and how many rows they were once the stream has ended
 */
export function copyOut(client: pg.Client, sql: string): { stream: Readable; rows: () => number } {
  const copy = new CopyOut(sql)
  client.query(copy as never)
  return { stream: copy.stream, rows: () => copy.rows }
}

class CopyIn {
  readonly done: Promise<number>
  #rows = 0
  #settle!: { resolve: (rows: number) => void; reject: (error: Error) => void }
  readonly #ended = new AbortController()
  #sourceError: Error | undefined
  readonly #sql: string
  readonly #source: AsyncIterable<Buffer>

  constructor(sql: string, source: AsyncIterable<Buffer>) {
    this.#sql = sql
    this.#source = source
    this.done = new Promise((resolve, reject) => (this.#settle = { resolve, reject }))
  }
  submit(connection: CopyConnection): void {
    connection.query(this.#sql)
  }
  handleCopyInResponse(connection: CopyConnection): void {
    void this.#send(connection)
  }
  async #send(connection: CopyConnection): Promise<void> {
    try {
      for await (const chunk of this.#source) {
        if (this.#ended.signal.aborted) return
        connection.sendCopyFromChunk(chunk)
        if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain', { signal: this.#ended.signal })
      }
      connection.endCopyFrom()
    } catch (error) {
      if (this.#ended.signal.aborted) return
      this.#sourceError = error as Error
      connection.sendCopyFail((error as Error).message)
    }
  }
  handleCommandComplete(message: { text: string }): void {
    this.#rows = rowsIn(message)
  }
  handleReadyForQuery(): void {
    this.#settle.resolve(this.#rows)
  }
  handleError(error: Error): void {
    this.#ended.abort()
    this.#settle.reject(this.#sourceError ?? error)
  }
}

/**
 * @param sql COPY … FROM STDIN
 * @returns how many rows were written
 * @throws what the source threw, or the server
 */
export function copyIn(client: pg.Client, sql: string, source: AsyncIterable<Buffer>): Promise<number> {
  const copy = new CopyIn(sql, source)
  client.query(copy as never)
  return copy.done
}
