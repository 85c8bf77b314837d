// What an administrator asks for and changes of the provider's own settings.
import type { Origin } from '../../platform/audit/record.ts'
import type { Context } from '../../platform/context.ts'
import { keepKey, keptKey, type IdempotentRequest } from '../../http/idempotency.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { assertMayDo } from '../staff/permissions.ts'
import { inOrderOf, ofNumbers, type Caller } from '../staff/scope.ts'
import { versionIn } from '../../http/versions.ts'
import { writeAs } from '../../http/write-as.ts'
import { changeProvider, lockProvider, providerSettings } from './change.ts'
import type { ProviderSettings, ProviderSettingsList, ProviderSettingsRequest } from './schema.ts'

/** @throws AppError ACTION_FORBIDDEN */
export async function readProviderSettings({ db }: Context, caller: Caller): Promise<ProviderSettingsList> {
  assertMayDo(caller, 'settings.manage')
  const { numbers } = caller
  const rows = await db.selectFrom('provider').selectAll().where(ofNumbers(numbers)).orderBy(inOrderOf(numbers)).execute()
  return { numbers: await Promise.all(rows.map(row => providerSettings(db, row))) }
}

export interface SettingsChange {
  sp_mchid: string
  body: ProviderSettingsRequest
  idempotent: IdempotentRequest
  ifMatch: string | undefined
  origin: Origin
}

/** @throws AppError ACTION_FORBIDDEN, NOT_FOUND, PRECONDITION_REQUIRED, VERSION_MISMATCH, VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED */
export async function changeProviderSettings(
  context: Context,
  asked: Caller,
  { sp_mchid, body, idempotent, ifMatch, origin }: SettingsChange,
): Promise<{ settings: ProviderSettings; replayed: boolean }> {
  return writeAs(context, asked, async (trx, caller) => {
    assertMayDo(caller, 'settings.manage')
    if (!caller.numbers.includes(sp_mchid)) throw new AppError('NOT_FOUND')
    const now = context.clock.now()
    const row = await lockProvider(trx, sp_mchid)
    if (!row) throw new AppError('NOT_FOUND')
    // under the lock: the same request may have come twice at once
    if (await keptKey(trx, idempotent, now)) return { settings: await providerSettings(trx, row), replayed: true }
    if (versionIn(ifMatch) !== row.version) throw new AppError('VERSION_MISMATCH', { current: await providerSettings(trx, row) })
    await changeProvider(trx, row, body, { actor: caller, origin }, now)
    if (!(await keepKey(trx, idempotent, { answer: JSON.stringify({ sp_mchid }) }, now))) throw new AppError('IDEMPOTENCY_KEY_REUSED')
    const after = await trx.selectFrom('provider').selectAll().where('sp_mchid', '=', sp_mchid).executeTakeFirstOrThrow()
    return { settings: await providerSettings(trx, after), replayed: false }
  })
}
