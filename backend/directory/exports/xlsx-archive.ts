// The archive around a sheet (APPNOTE.TXT 6.3, OPC): small files whole at its beginning, then the sheet, whose size is said behind it, then the table of contents.
// A library would be in the way: those that write xlsx keep what a killed process cannot leave to the next (exceljs #2916, #734: even memory grows).
import { crc32 } from 'node:zlib'

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

const SHEET = 'xl/worksheets/sheet1.xml'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const package_ = 'http://schemas.openxmlformats.org/package/2006'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const typeOf = (what: string) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${what}+xml`

/** The same in every file, so that its end knows the beginning without reading it. */
const filesBefore: readonly (readonly [name: string, text: string])[] = [
  [
    '[Content_Types].xml',
    `${head}<Types xmlns="${package_}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${typeOf('sheet.main')}"/>` +
      `<Override PartName="/${SHEET}" ContentType="${typeOf('worksheet')}"/></Types>`,
  ],
  [
    '_rels/.rels',
    `${head}<Relationships xmlns="${package_}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `${head}<Relationships xmlns="${package_}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  ],
]

export function archiveStart(): Buffer {
  const parts: Buffer[] = []
  for (const [entry, bytes] of entriesBefore()) parts.push(localHeader(entry), bytes)
  return Buffer.concat([...parts, localHeader(sheetEntry(0))])
}

function entriesBefore(): [Entry, Buffer][] {
  let offset = 0
  return filesBefore.map(([name, text]) => {
    const bytes = Buffer.from(text)
    const entry: Entry = { name, method: 0, flags: 0x800, crc: crc32(bytes), packed: bytes.length, unpacked: bytes.length, offset }
    offset += localHeader(entry).length + bytes.length
    return [entry, bytes]
  })
}

const sheetEntry = (offset: number, sizes: Pick<Entry, 'crc' | 'packed' | 'unpacked'> = { crc: 0, packed: 0, unpacked: 0 }): Entry => ({
  name: SHEET,
  method: 8,
  flags: 0x808,
  offset,
  ...sizes,
})

/** What stands behind the packed sheet. */
export function archiveEnd(sizes: Pick<Entry, 'crc' | 'packed' | 'unpacked'>): Buffer {
  const before = entriesBefore()
  const sheetAt = before.reduce((sum, [entry, bytes]) => sum + localHeader(entry).length + bytes.length, 0)
  const sheet = sheetEntry(sheetAt, sizes)
  const descriptor = words([4, 0x08074b50], [4, sizes.crc], [4, sizes.packed], [4, sizes.unpacked])
  const directoryAt = sheetAt + localHeader(sheet).length + sizes.packed + descriptor.length
  const directory = Buffer.concat([...before.map(([entry]) => entry), sheet].map(centralHeader))
  const count = before.length + 1
  const end = words([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, directory.length], [4, directoryAt], [2, 0])
  return Buffer.concat([descriptor, directory, end])
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
