// A file in parts: each can be made from the one number that the last left behind, so another process can go on after one was killed.
import { crc32, constants, deflateRawSync } from 'node:zlib'
import { byteOrderMark, csvLines } from '../csv.ts'
import { archiveEnd, archiveStart, MOST_BYTES, sheetFoot, sheetHeader } from './xlsx-archive.ts'
import { sheetEnd, sheetRows, sheetStart } from './xlsx-sheet.ts'
import type { ExportFormat, SheetSizes } from './schema.ts'

/** What a file has so far. */
export interface Progress {
  /** of the whole file */
  bytes: number
  /** sheets of an xlsx that are whole */
  sheets: readonly SheetSizes[]
  /** of the sheet that is being written: rows without its heads, checksum, and bytes before and after packing */
  sheet_rows: number
  crc: number
  unpacked: number
  packed: number
}

const newSheet = { sheet_rows: 0, crc: 0, unpacked: 0, packed: 0 }
const nothing: Progress = { bytes: 0, sheets: [], ...newSheet }

export interface Format {
  extension: ExportFormat
  type: string
  begin(heads: readonly string[]): Part
  /** @returns null: the file cannot hold them */
  rows(progress: Progress, rows: readonly (readonly string[])[], heads: readonly string[]): Part | null
  end(progress: Progress): Part
}
interface Part {
  bytes: Buffer
  progress: Progress
}

const plain = (progress: Progress, text: string): Part => {
  const bytes = Buffer.from(text)
  return { bytes, progress: { ...progress, bytes: progress.bytes + bytes.length } }
}

const csv: Format = {
  extension: 'csv',
  type: 'text/csv; charset=utf-8',
  begin: heads => plain(nothing, byteOrderMark + csvLines([heads])),
  rows: (progress, rows) => plain(progress, csvLines(rows)),
  end: progress => plain(progress, ''),
}

/** rows that are packed at once: the text of a whole part is ten times what is packed of it, and is held twice */
const packedRows = 500

/** Packed alone and flushed to a byte, so that the next part simply follows. */
function packed(progress: Progress, text: string): Part {
  const raw = Buffer.from(text)
  const bytes = deflateRawSync(raw, { finishFlush: constants.Z_SYNC_FLUSH })
  return {
    bytes,
    progress: {
      ...progress,
      bytes: progress.bytes + bytes.length,
      crc: crc32(raw, progress.crc),
      unpacked: progress.unpacked + raw.length,
      packed: progress.packed + bytes.length,
    },
  }
}

const plus = (progress: Progress, bytes: Buffer): Progress => ({ ...progress, bytes: progress.bytes + bytes.length })

/** The rest of the sheet that is being written. */
function wholeSheet(progress: Progress): Part {
  const last = packed(progress, sheetEnd)
  // what ends a packed stream
  const final = deflateRawSync(Buffer.alloc(0))
  const { crc, unpacked } = last.progress
  const sizes = { crc, unpacked, packed: last.progress.packed + final.length }
  const rest = Buffer.concat([final, sheetFoot(sizes)])
  const sheets = [...progress.sheets, sizes]
  return { bytes: Buffer.concat([last.bytes, rest]), progress: { ...plus(last.progress, rest), sheets, ...newSheet } }
}

/** what the end of a file takes at most: a sheet has some hundred bytes there */
const endBytes = 1_048_576

interface SheetLimits {
  /** rows of a sheet without its heads: a spreadsheet has 1,048,576 (ECMA-376 leaves it open, Excel, WPS and LibreOffice do not) */
  rows: number
  /** bytes of a sheet before packing: half of what the archive can name, a slice of rows is far less than the other half */
  bytes: number
  /** of the whole file */
  fileBytes: number
}
const spreadsheet: SheetLimits = { rows: 1_048_575, bytes: 0x8000_0000, fileBytes: MOST_BYTES - endBytes }

/** A sheet that is full is followed by another one with the same heads. */
export const xlsxWith = (given: Partial<SheetLimits> = {}): Format => {
  const limits = { ...spreadsheet, ...given }
  return {
    extension: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    begin(heads) {
      const start = archiveStart()
      const first = packed(plus(nothing, start), sheetStart(heads))
      return { ...first, bytes: Buffer.concat([start, first.bytes]) }
    },
    rows(progress, rows, heads) {
      const parts: Buffer[] = []
      let made = progress
      const take = (part: Part) => {
        parts.push(part.bytes)
        made = part.progress
      }
      for (let at = 0; at < rows.length;) {
        if (made.sheet_rows >= limits.rows || made.unpacked >= limits.bytes) {
          take(wholeSheet(made))
          const header = sheetHeader(made.sheets.length + 1)
          take({ bytes: header, progress: plus(made, header) })
          take(packed(made, sheetStart(heads)))
        }
        const slice = rows.slice(at, at + Math.min(packedRows, limits.rows - made.sheet_rows))
        const { bytes, progress: after } = packed(made, sheetRows(slice, made.sheet_rows + 1))
        take({ bytes, progress: { ...after, sheet_rows: made.sheet_rows + slice.length } })
        if (made.bytes > limits.fileBytes) return null
        at += slice.length
      }
      return { bytes: Buffer.concat(parts), progress: made }
    },
    end(progress) {
      const last = wholeSheet(progress)
      const end = archiveEnd(last.progress.sheets)
      return { bytes: Buffer.concat([last.bytes, end]), progress: plus(last.progress, end) }
    },
  }
}

export type Formats = Readonly<Record<ExportFormat, Format>>
export const FORMATS: Formats = { csv, xlsx: xlsxWith() }
