// What the rules of a row need to know of the outside: staff, and whose merchants these are.
import { comparable } from '../../../miniprogram/shared/comparable.ts'
import type { Database } from '../../database/connection.ts'
import { ofNumbers } from '../../company/staff/scope.ts'
import { ImportError } from './columns.ts'
import { companyOf } from './company.ts'
import type { KnownWorld } from './row.ts'

/** @param now a look at the console cannot be later */
export async function knownWorld(database: Database, sp_mchid: string, now: Date): Promise<KnownWorld> {
  const numbers = await companyOf(database, sp_mchid)
  const staff = await database.selectFrom('staff').select(['id', 'display_name', 'status']).where(ofNumbers(numbers)).execute()
  const ids = new Set(staff.map(({ id }) => id))
  const byName = new Map<string, string | 'ambiguous'>()
  for (const { id, display_name } of staff) {
    const name = comparable(display_name)
    byName.set(name, byName.has(name) ? 'ambiguous' : id)
  }
  return { numbers, staffId: given => (ids.has(comparable(given)) ? comparable(given) : byName.get(comparable(given))), now }
}

/**
 * Whose rows the file holds where it does not say itself: the given provider, or the only one that the database knows,
 * of a company with several numbers the home; null when there are several.
 * @throws ImportError when there is none
 */
export async function providerOf(database: Database, given: string | undefined): Promise<string | null> {
  const rows = await database.selectFrom('provider').select(['sp_mchid', 'home_sp_mchid']).orderBy('sp_mchid').execute()
  const providers = rows.map(one => one.sp_mchid)
  if (given !== undefined && given !== '') {
    if (providers.includes(given)) return given
    throw new ImportError(`库里没有服务商 ${given}（SP_MCHID）。已有：${providers.join('、') || '无'}；先用这个 SP_MCHID 启动一次后端`)
  }
  if (providers.length === 0) throw new ImportError('库里还没有服务商：先启动一次后端（SP_MCHID、SP_NAME），再导入')
  const homes = rows.filter(one => one.home_sp_mchid === null)
  return homes.length === 1 ? homes[0]!.sp_mchid : null
}
