// A file in parts: each can be made from the one number that the last left behind, so another process can go on after one was killed.
import { crc32, constants, deflateRawSync } from 'node:zlib'
import { stringify } from 'csv-stringify/sync'
import { archiveEnd, archiveStart } from './xlsx-archive.ts'
import { sheetEnd, sheetRows, sheetStart } from './xlsx-sheet.ts'
import type { ExportFormat } from './schema.ts'

/** What a file has so far. */
export interface Progress {
  /** of the whole file */
  bytes: number
  /** of the sheet inside an xlsx: checksum, and bytes before and after packing */
  crc: number
  unpacked: number
  packed: number
}

export const nothing: Progress = { bytes: 0, crc: 0, unpacked: 0, packed: 0 }

export interface Format {
  extension: ExportFormat
  type: string
  /** that it takes, without the heads; null: any */
  mostRows: number | null
  begin(heads: readonly string[]): Part
  /** @param before rows that are there already, without the heads */
  rows(progress: Progress, rows: readonly (readonly string[])[], before: number): Part
  end(progress: Progress): Part
}
interface Part {
  bytes: Buffer
  progress: Progress
}

/** Bytes that Excel needs to take a CSV for UTF-8. */
const byteOrderMark = '\u{feff}'

/** Cells that a spreadsheet would run as a formula get an apostrophe before them; so do the full-width forms. */
const csvLines = (rows: readonly (readonly string[])[]) =>
  stringify(rows as string[][], { escape_formulas: true, record_delimiter: 'windows' })

const plain = (progress: Progress, text: string): Part => {
  const bytes = Buffer.from(text)
  return { bytes, progress: { ...progress, bytes: progress.bytes + bytes.length } }
}

const csv: Format = {
  extension: 'csv',
  type: 'text/csv; charset=utf-8',
  mostRows: null,
  begin: heads => plain(nothing, byteOrderMark + csvLines([heads])),
  rows: (progress, rows) => plain(progress, csvLines(rows)),
  end: progress => plain(progress, ''),
}

const packedRows = 500

/** Packed alone and flushed to a byte, so that the next part simply follows. */
function packed(progress: Progress, text: string): Part {
  const raw = Buffer.from(text)
  const bytes = deflateRawSync(raw, { finishFlush: constants.Z_SYNC_FLUSH })
  return {
    bytes,
    progress: {
      bytes: progress.bytes + bytes.length,
      crc: crc32(raw, progress.crc),
      unpacked: progress.unpacked + raw.length,
      packed: progress.packed + bytes.length,
    },
  }
}

const follow = (first: Buffer, { bytes, progress }: Part, last = Buffer.alloc(0)): Part => ({
  bytes: Buffer.concat([first, bytes, last]),
  progress: { ...progress, bytes: progress.bytes + first.length + last.length },
})

const xlsx: Format = {
  extension: 'xlsx',
  type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  mostRows: 1_048_575,
  begin: heads => follow(archiveStart(), packed(nothing, sheetStart(heads))),
  rows(progress, rows, before) {
    const parts: Buffer[] = []
    let made = progress
    // a slice at a time: the text of a whole part is ten times what is packed of it, and is held twice
    for (let at = 0; at < rows.length; at += packedRows) {
      const slice = packed(made, sheetRows(rows.slice(at, at + packedRows), before + at + 1))
      parts.push(slice.bytes)
      made = slice.progress
    }
    return { bytes: Buffer.concat(parts), progress: made }
  },
  end(progress) {
    const last = packed(progress, sheetEnd)
    // what ends a packed stream
    const final = deflateRawSync(Buffer.alloc(0))
    const whole = { ...last.progress, packed: last.progress.packed + final.length }
    return follow(Buffer.alloc(0), { bytes: last.bytes, progress: whole }, Buffer.concat([final, archiveEnd(whole)]))
  },
}

export const FORMATS: Readonly<Record<ExportFormat, Format>> = { csv, xlsx }
