// The archive around sheets (APPNOTE.TXT 6.3, OPC): the file that every package begins with, then the sheets, each with its sizes behind it, then the files that
// say how many sheets there are, then the table of contents. A library would be in the way: those that write xlsx keep what a killed process cannot leave to the
// next (exceljs #2916, #734: even memory grows).
import { crc32 } from 'node:zlib'
import type { SheetSizes } from './schema.ts'

interface Entry {
  name: string
  /** 0 as it is, 8 deflate */
  method: number
  /** bit 3: crc and sizes stand behind it; bit 11: the name is UTF-8 */
  flags: number
  crc: number
  packed: number
  unpacked: number
  offset: number
}

/** bytes of a file, and of a sheet before it is packed, that its table of contents can name */
export const MOST_BYTES = 0xffff_ffff

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const package_ = 'http://schemas.openxmlformats.org/package/2006'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const typeOf = (what: string) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${what}+xml`
const sheetFile = (number: number) => `worksheets/sheet${number}.xml`

/** The same in every file, so that its end knows the beginning without reading it. */
const fileBefore: readonly [name: string, text: string] = [
  '_rels/.rels',
  `${head}<Relationships xmlns="${package_}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
]
/** What names each sheet: how many there are is known when the last one is whole. */
function filesAfter(count: number): (readonly [name: string, text: string])[] {
  const ofEach = (text: (number: number) => string) => Array.from({ length: count }, (_, index) => text(index + 1)).join('')
  return [
    [
      '[Content_Types].xml',
      `${head}<Types xmlns="${package_}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${typeOf('sheet.main')}"/>` +
        `${ofEach(number => `<Override PartName="/xl/${sheetFile(number)}" ContentType="${typeOf('worksheet')}"/>`)}</Types>`,
    ],
    [
      'xl/workbook.xml',
      `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>` +
        `${ofEach(number => `<sheet name="Sheet${number}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${head}<Relationships xmlns="${package_}/relationships">` +
        `${ofEach(number => `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="${sheetFile(number)}"/>`)}</Relationships>`,
    ],
  ]
}

/** @param number from 1; what the packed sheet follows */
export const sheetHeader = (number: number): Buffer => localHeader(sheetEntry(number, 0))

export function archiveStart(): Buffer {
  const [entry, bytes] = wholeFile(fileBefore, 0)
  return Buffer.concat([localHeader(entry), bytes, sheetHeader(1)])
}

function wholeFile([name, text]: readonly [name: string, text: string], offset: number): [Entry, Buffer] {
  const bytes = Buffer.from(text)
  return [{ name, method: 0, flags: 0x800, crc: crc32(bytes), packed: bytes.length, unpacked: bytes.length, offset }, bytes]
}

const sheetEntry = (number: number, offset: number, sizes: SheetSizes = { crc: 0, packed: 0, unpacked: 0 }): Entry => ({
  name: `xl/${sheetFile(number)}`,
  method: 8,
  flags: 0x808,
  offset,
  ...sizes,
})

/** What stands behind a packed sheet. */
export const sheetFoot = ({ crc, packed, unpacked }: SheetSizes): Buffer => words([4, 0x08074b50], [4, crc], [4, packed], [4, unpacked])

/** What stands behind the foot of the last one. */
export function archiveEnd(sheets: readonly SheetSizes[]): Buffer {
  const [before, bytesBefore] = wholeFile(fileBefore, 0)
  let at = localHeader(before).length + bytesBefore.length
  const entries = [before]
  for (const [index, sizes] of sheets.entries()) {
    const entry = sheetEntry(index + 1, at, sizes)
    entries.push(entry)
    at += localHeader(entry).length + sizes.packed + sheetFoot(sizes).length
  }
  const parts: Buffer[] = []
  for (const file of filesAfter(sheets.length)) {
    const [entry, bytes] = wholeFile(file, at)
    const header = localHeader(entry)
    entries.push(entry)
    parts.push(header, bytes)
    at += header.length + bytes.length
  }
  const directory = Buffer.concat(entries.map(centralHeader))
  const count = entries.length
  const end = words([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, directory.length], [4, at], [2, 0])
  return Buffer.concat([...parts, directory, end])
}

function localHeader(entry: Entry): Buffer {
  const bytes = Buffer.from(entry.name)
  // with bit 3 the sizes are said behind it and are none here
  const sizes = entry.flags & 8 ? { crc: 0, packed: 0, unpacked: 0 } : entry
  return Buffer.concat([
    words([4, 0x04034b50], [2, 20], ...common(entry), [4, sizes.crc], [4, sizes.packed], [4, sizes.unpacked], [2, bytes.length], [2, 0]),
    bytes,
  ])
}

function centralHeader(entry: Entry): Buffer {
  const bytes = Buffer.from(entry.name)
  return Buffer.concat([
    words(
      [4, 0x02014b50],
      [2, 20],
      [2, 20],
      ...common(entry),
      [4, entry.crc],
      [4, entry.packed],
      [4, entry.unpacked],
      [2, bytes.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, entry.offset],
    ),
    bytes,
  ])
}

type Word = readonly [size: 2 | 4, value: number]

/** 1980-01-01 00:00: when a file was made stands beside it, not in it */
const common = ({ flags, method }: Entry): Word[] => [
  [2, flags],
  [2, method],
  [2, 0],
  [2, 0x21],
]

function words(...given: readonly Word[]): Buffer {
  const bytes = Buffer.alloc(given.reduce((sum, [size]) => sum + size, 0))
  let at = 0
  for (const [size, value] of given) at = size === 2 ? bytes.writeUInt16LE(value, at) : bytes.writeUInt32LE(value >>> 0, at)
  return bytes
}
