// merchants.csv: the directory itself.
import type { Database } from '../database/connection.ts'
import { ImportError } from './columns.ts'
import { landMerchants, prepareMerchants } from './directory.ts'
import type { FileKind } from './kinds.ts'
import type { Landing } from './landing.ts'
import { readHeader } from './merchant-columns.ts'
import { assertTimed } from './portal-check.ts'
import { readRow, type DirectoryRow, type KnownWorld } from './row.ts'
import { SeenNumbers } from './seen.ts'
import { tidy } from './text.ts'

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
): FileKind<ProviderRow> {
  const header = readHeader(cells)
  assertTimed(header)
  const position = header.get('sp_mchid')
  if (usual === null && position === undefined) {
    throw new ImportError(`库里有几个服务商，用 SP_MCHID 或文件里的 sp_mchid 列说明是哪一个：${[...worlds.keys()].join('、')}`)
  }
  const seen = new Map([...worlds.keys()].map(sp_mchid => [sp_mchid, new SeenNumbers()]))
  return {
    name: 'merchants',
    read(record, line) {
      const given = position === undefined ? '' : tidy(record[position] ?? '')
      const sp_mchid = given === '' ? usual : given
      const world = sp_mchid === null ? undefined : worlds.get(sp_mchid)
      if (sp_mchid === null || world === undefined) {
        const reason = sp_mchid === null ? '没有写是哪个服务商' : '库里没有这个服务商'
        return [
          {
            line,
            sub_mchid: tidy(record[header.get('sub_mchid')!] ?? '').slice(0, 60),
            field: 'sp_mchid',
            value: given.slice(0, 60),
            reason,
          },
        ]
      }
      const row = readRow(record, header, cells.length, line, world)
      if (Array.isArray(row)) return row
      const before = seen.get(sp_mchid)!.add(Number(`1${row.sub_mchid}`), line)
      if (before !== undefined) {
        const reason = `与第 ${before} 行是同一个商户号，以前面的为准`
        return [{ line, sub_mchid: row.sub_mchid, field: 'sub_mchid', value: row.sub_mchid, reason }]
      }
      return { ...row, sp_mchid }
    },
    async prepare(rows) {
      for (const [sp_mchid, own] of byProvider(rows)) await prepareMerchants(database, sp_mchid, own)
    },
    async land(target, rows) {
      const landing: Landing = { counts: new Map(), rejections: [], examples: [] }
      for (const [sp_mchid, own] of byProvider(rows)) {
        const { counts, examples } = await landMerchants(target, sp_mchid, own)
        landing.counts.set(sp_mchid, counts)
        landing.examples.push(...examples)
      }
      return landing
    },
  }
}

function byProvider(rows: readonly ProviderRow[]): Map<string, ProviderRow[]> {
  const groups = new Map<string, ProviderRow[]>()
  for (const row of rows) {
    const group = groups.get(row.sp_mchid)
    if (group) group.push(row)
    else groups.set(row.sp_mchid, [row])
  }
  return groups
}
