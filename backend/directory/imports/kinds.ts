// The kinds of file that can be imported, told apart by their header. Each checks its rows one after the other and lands them in batches.
import type { ImportKind } from '../../database/directory-tables.ts'
import { assignmentColumns, assignments } from './assignments.ts'
import { companyOf } from './company.ts'
import type { FileKind, KindOptions } from './file-kind.ts'
import { ImportError, plainName, type Columns } from './columns.ts'
import { merchantColumns, readHeader } from './merchant-columns.ts'
import { merchants } from './merchants.ts'
import { staff, staffColumns } from './staff.ts'
import { codeColumns, storeCodes } from './store-codes.ts'
import { knownWorld } from './world.ts'

const columnsOf: Record<ImportKind, Columns<string>> = {
  merchants: merchantColumns,
  codes: codeColumns,
  staff: staffColumns,
  assignments: assignmentColumns,
}

/** @throws ImportError when the header cannot be used */
export async function kindOf(header: readonly string[], options: KindOptions): Promise<FileKind<object>> {
  const { database, clock, sp_mchid } = options
  const kind = nearestKind(header)
  const providers = await database.selectFrom('provider').select('sp_mchid').orderBy('sp_mchid').execute()
  const worldOf = (one: string) => knownWorld(database, one, clock.now())
  if (kind === 'merchants') {
    const named = readHeader(header).has('sp_mchid')
    const wanted = named || sp_mchid === null ? providers.map(one => one.sp_mchid) : [sp_mchid]
    const worlds = await Promise.all(wanted.map(async one => [one, await worldOf(one)] as const))
    return merchants(header, database, new Map(worlds), sp_mchid, options.notes) as FileKind<object>
  }
  if (sp_mchid === null) {
    throw new ImportError(`库里有几个服务商，用 SP_MCHID 说明是哪一个：${providers.map(one => one.sp_mchid).join('、')}`)
  }
  if (kind === 'codes') return storeCodes(header, sp_mchid, await companyOf(database, sp_mchid), options.notes) as FileKind<object>
  if (kind === 'staff') return staff(header, sp_mchid, options) as FileKind<object>
  return assignments(header, sp_mchid, await worldOf(sp_mchid), options.notes) as FileKind<object>
}

/** The kind that has most of these columns and lacks the fewest that it needs. */
function nearestKind(header: readonly string[]): ImportKind {
  const given = header.map(cell => plainName(cell))
  let nearest: ImportKind = 'merchants'
  let best = -Infinity
  for (const [kind, { names, required, alsoCalled }] of Object.entries(columnsOf) as [ImportKind, Columns<string>][]) {
    const has = (name: string) => given.some(cell => cell === plainName(name) || alsoCalled[cell] === name)
    // whose row it is says nothing of the kind
    const found = names.filter(name => name !== 'sub_mchid' && has(name)).length
    const score = found === 0 ? -Infinity : found - required.filter(name => !has(name)).length
    if (score > best) [nearest, best] = [kind, score]
  }
  return nearest
}
