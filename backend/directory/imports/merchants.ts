// merchants.csv: the directory itself.
import type { Numbers } from '../../http/caller.ts'
import type { Database } from '../../database/connection.ts'
import { groupedBy } from '../../platform/grouped-by.ts'
import { ImportError, leastCellsOf, widthOf } from './columns.ts'
import { numbersOf } from './company.ts'
import { landMerchants, prepareMerchants } from './directory.ts'
import type { FileKind } from './file-kind.ts'
import type { Landing, LandingTarget } from './landing.ts'
import { merchantColumns, readHeader } from './merchant-columns.ts'
import type { Notes } from './notes.ts'
import { assertTimed } from './portal-check.ts'
import { readRow, type DirectoryRow, type KnownWorld, type Rejection } from './row.ts'
import { SeenNumbers } from './seen.ts'
import { plainNumber } from './shapes.ts'
import { looksLikeMchid } from './swallowed.ts'
import { excerpt } from './text.ts'
import { tidy } from '../../platform/tidy.ts'

interface ProviderRow extends DirectoryRow {
  sp_mchid: string
}

/**
 * @param worlds by sp_mchid: every provider that rows may be of
 * @param usual sp_mchid of rows that do not say; null: each has to
 */
export function merchants(
  cells: readonly string[],
  database: Database,
  worlds: ReadonlyMap<string, KnownWorld>,
  usual: string | null,
  notes: Notes,
): FileKind<ProviderRow> {
  const header = readHeader(cells)
  assertTimed(header)
  const position = header.get('sp_mchid')
  const width = widthOf(cells)
  if (usual === null && position === undefined) {
    throw new ImportError(`库里有几个服务商，用 SP_MCHID 或文件里的 sp_mchid 列说明是哪一个：${[...worlds.keys()].join('、')}`)
  }
  // a shop stands under one number of a company
  const companies = new Map([...worlds.values()].map(({ numbers }) => [numbers[0], new SeenNumbers()]))
  /** of whose rows all were new in the last batch, as they are when a directory is filled: those of the next are taken for new until they land */
  const filled = new Set<string>()
  return {
    name: 'merchants',
    homes: [...companies.keys()],
    leastCells: leastCellsOf(merchantColumns, header),
    isKeyed: cells => looksLikeMchid(cells[header.get('sub_mchid')!]),
    read(record, line) {
      const given = position === undefined ? '' : plainNumber(tidy(record[position] ?? '')).value
      const sp_mchid = given === '' ? usual : given
      const world = sp_mchid === null ? undefined : worlds.get(sp_mchid)
      if (sp_mchid === null || world === undefined) {
        const reason = sp_mchid === null ? '没有写是哪个服务商' : '库里没有这个服务商'
        return [
          {
            line,
            sub_mchid: excerpt(tidy(record[header.get('sub_mchid')!] ?? '')),
            field: 'sp_mchid',
            value: excerpt(given),
            reason,
          },
        ]
      }
      const said: string[] = []
      const row = readRow(record, header, width, line, world, note => said.push(note))
      if (Array.isArray(row)) return row
      const before = companies.get(world.numbers[0])!.add(Number(`1${row.sub_mchid}`), line)
      if (before !== undefined) {
        const reason = `与第 ${before} 行是同一个商户号，以前面的为准`
        return [{ line, sub_mchid: row.sub_mchid, field: 'sub_mchid', value: row.sub_mchid, reason }]
      }
      notes.add(line, said)
      return Object.assign(row, { sp_mchid })
    },
    async prepare(rows) {
      for (const [sp_mchid, own] of byProvider(rows)) await prepareMerchants(database, sp_mchid, own, filled.has(sp_mchid))
    },
    async land(target, rows) {
      const landing: Landing = { counts: new Map(), rejections: [], examples: [] }
      for (const [sp_mchid, own] of byProvider(rows)) {
        const { free, taken } = await apart(target, worlds.get(sp_mchid)!.numbers, sp_mchid, own)
        const { counts, examples } = await landMerchants(target, sp_mchid, free)
        landing.counts.set(sp_mchid, counts)
        if (counts.added === free.length) filled.add(sp_mchid)
        else filled.delete(sp_mchid)
        landing.rejections.push(...taken)
        landing.examples.push(...examples)
      }
      return landing
    },
  }
}

/** Rows whose shop stands under another number of the same company are rejected: it would not be clear with which number's key their switches are changed. */
async function apart(
  { trx }: LandingTarget,
  numbers: Numbers,
  sp_mchid: string,
  rows: readonly ProviderRow[],
): Promise<{ free: readonly ProviderRow[]; taken: Rejection[] }> {
  const [first, ...others] = numbers.filter(one => one !== sp_mchid)
  if (first === undefined) return { free: rows, taken: [] }
  const under = await numbersOf(
    trx,
    [first, ...others],
    rows.map(row => row.sub_mchid),
  )
  const taken = rows.flatMap(({ line, sub_mchid }) => {
    const other = under.get(sub_mchid)
    return other === undefined
      ? []
      : [
          {
            line,
            sub_mchid,
            field: 'sp_mchid',
            value: sp_mchid,
            reason: `这个商户号已在服务商号 ${other} 名下，一个商户号只能在一个服务商号名下`,
          },
        ]
  })
  return { free: rows.filter(row => !under.has(row.sub_mchid)), taken }
}

const byProvider = (rows: readonly ProviderRow[]) => groupedBy(rows, ({ sp_mchid }) => sp_mchid)
