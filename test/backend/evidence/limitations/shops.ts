// Shops that WeChat Pay may limit, the questions about them, and the rounds that ask.
import { askAboutLimitations } from '../../../../backend/evidence/limitations/asking.ts'
import type { Limitation, NotificationSpec } from '../../../../dev/sandbox/index.ts'
import { sp_mchid, type Backend } from '../../support/backend.ts'

/** @param backendOf once it is started */
export function limitedShops(backendOf: () => Backend) {
  let next = 1_900_300_001
  const newShop = async (limitations: Limitation[] = []) => {
    const sub_mchid = String(next++)
    await backendOf().addMerchant(sub_mchid)
    limit(sub_mchid, limitations)
    return sub_mchid
  }
  const limit = (sub_mchid: string, limitations: Limitation[]) => backendOf().sandbox.control.setMerchant(sub_mchid, { limitations })
  const later = (ms: number) => backendOf().sandbox.control.clock.advance(ms)
  /** Rounds of the worker, as many as there are questions. */
  const askAll = async () => {
    let asked = 0
    for (let idle = 0; idle < 2;) {
      const found = await askAboutLimitations(backendOf().app.context)
      asked += found
      idle = found > 0 ? 0 : idle + 1
      later(1_000)
    }
    return asked
  }
  const limitationsOf = (sub_mchid: string) =>
    backendOf()
      .db.selectFrom('evidence')
      .selectAll()
      .where('sub_mchid', '=', sub_mchid)
      .where('kind', '=', 'limitation')
      .orderBy('occurred_at')
      .execute()
  const stateOf = async (sub_mchid: string) =>
    (
      await backendOf()
        .db.selectFrom('sub_merchants')
        .select('migration_state')
        .where('sub_mchid', '=', sub_mchid)
        .executeTakeFirstOrThrow()
    ).migration_state
  const questions = () => backendOf().db.selectFrom('limitation_questions').select(['sub_mchid', 'cause']).orderBy('sub_mchid').execute()
  /** WeChat Pay calls. @param number whose address it calls */
  const tell = (spec: NotificationSpec, number = sp_mchid) => {
    const { headers, body } = backendOf().sandbox.notification(spec)
    return fetch(`${backendOf().url}/wechatpay/notifications/${number}`, { method: 'POST', headers, body })
  }
  return { newShop, limit, later, askAll, limitationsOf, stateOf, questions, tell }
}
