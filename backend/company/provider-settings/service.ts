// What an administrator asks for and changes of the provider's own settings.
import type { Database, Trx } from '../../database/connection.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Caller } from '../../http/caller.ts'
import type { Context } from '../../platform/context.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { inOrderOf, ofNumbers } from '../staff/scope.ts'
import { changeProvider, lockProvider, providerSettings } from './change.ts'
import type { ProviderSettings, ProviderSettingsList, ProviderSettingsRequest } from './schema.ts'

export async function readProviderSettings({ db }: Context, { numbers }: Caller): Promise<ProviderSettingsList> {
  const rows = await db.selectFrom('provider').selectAll().where(ofNumbers(numbers)).orderBy(inOrderOf(numbers)).execute()
  return { numbers: await Promise.all(rows.map(row => providerSettings(db, row))) }
}

/** @throws AppError ACTION_FORBIDDEN, NOT_FOUND, PRECONDITION_REQUIRED, VERSION_MISMATCH, VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED */
export const changeProviderSettings = (
  context: Context,
  ask: Ask,
  sp_mchid: string,
  body: ProviderSettingsRequest,
): Promise<ProviderSettings> => {
  const settingsOf = async (db: Database | Trx) =>
    providerSettings(db, await db.selectFrom('provider').selectAll().where('sp_mchid', '=', sp_mchid).executeTakeFirstOrThrow())
  return idempotentWrite(context, ask, {
    refuse(_, { caller }) {
      if (!caller.numbers.includes(sp_mchid)) throw new AppError('NOT_FOUND')
    },
    replay: settingsOf,
    async lock(trx) {
      const row = await lockProvider(trx, sp_mchid)
      if (!row) throw new AppError('NOT_FOUND')
      return { row, version: row.version, current: () => providerSettings(trx, row) }
    },
    async work(trx, { caller, held: { row }, now }) {
      await changeProvider(trx, row, body, { actor: caller, origin: ask.origin }, now)
      return { answer: await settingsOf(trx), keep: { answer: JSON.stringify({ sp_mchid }) }, audit: null }
    },
  })
}
