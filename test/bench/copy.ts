// COPY … FROM STDIN for pg, which has the messages but no class for them: rows go in at the speed of the disk.
import type pg from 'pg'

type Connection = {
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(reason: string): void
  stream: { writableNeedDrain: boolean; once(event: 'drain', listener: () => void): unknown }
}

/** @param lines of COPY's text format, each with its line end; see `copyLine` */
export function copyInto(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  return new Promise((done, fail) => {
    let failure: Error | undefined
    const send = async (connection: Connection) => {
      for await (const line of lines) {
        connection.sendCopyFromChunk(Buffer.from(line))
        if (connection.stream.writableNeedDrain) await new Promise<void>(drained => void connection.stream.once('drain', drained))
      }
      connection.endCopyFrom()
    }
    const copy = {
      submit: (connection: Connection) => connection.query(`copy ${table} (${columns.join(', ')}) from stdin`),
      handleCopyInResponse: (connection: Connection) =>
        void send(connection).catch((error: Error) => {
          failure = error
          connection.sendCopyFail(error.message)
        }),
      handleCommandComplete: () => undefined,
      handleError: (error: Error) => (failure ??= error),
      handleReadyForQuery: () => (failure ? fail(failure) : done()),
    }
    client.query(copy as unknown as pg.Submittable)
  })
}

/** One row: values by COPY's text format (https://www.postgresql.org/docs/18/sql-copy.html), arrays as array literals. */
export function copyLine(values: readonly (string | number | boolean | null | Date | readonly string[])[]): string {
  return `${values.map(value => escaped(literal(value))).join('\t')}\n`
}

function literal(value: string | number | boolean | null | Date | readonly string[]): string | null {
  if (value === null) return null
  if (Array.isArray(value)) return `{${(value as readonly string[]).map(one => `"${one.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`
  return value instanceof Date ? value.toISOString() : String(value as string | number | boolean)
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const escaped = (text: string | null) => (text === null ? '\\N' : text.replaceAll(/[\\\t\n\r]/g, character => escapes[character]!))
