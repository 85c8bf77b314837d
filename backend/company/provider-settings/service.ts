// What an administrator changes of the provider's own settings.
import type { Database, Trx } from '../../database/connection.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Context } from '../../platform/context.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { changeProvider, lockProvider, providerSettings } from './change.ts'
import type { ProviderSettings, ProviderSettingsRequest } from './schema.ts'

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
