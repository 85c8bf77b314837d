// Lists from the console as an operator sends, reads and applies them.
import { randomUUID } from 'node:crypto'
import type { Role } from '../../../../../backend/http/schema.ts'
import { applyLists } from '../../../../../backend/directory/portal-lists/apply.ts'
import type { PortalCheckList, PortalCheckListRowPage } from '../../../../../backend/directory/portal-lists/schema.ts'
import type { SubMerchant } from '../../../../../backend/directory/merchants/schema.ts'
import { day, sp_mchid, type Backend } from '../../../support/backend.ts'

export type Refused = { code: string; errors?: { field: string; code: string; message: string }[] }
export const header = '商户号,点金计划,小程序场景,商家小票,广告,同业过滤标签'

/** @param backendOf asked each time: it is started before the tests of a file */
export function listsOn(backendOf: () => Backend) {
  const setStaff = (values: { status?: 'active' | 'disabled'; role?: Role }) =>
    backendOf().db.updateTable('staff').set(values).where('id', '=', 'staff-operator').execute()
  let next = 1_900_010_000
  /** Shops that have the plan by a call of ours, from long ago. */
  async function shops(count: number): Promise<string[]> {
    const numbers = Array.from({ length: count }, () => String((next += 1)))
    for (const sub_mchid of numbers) {
      await backendOf().addMerchant(sub_mchid)
      const detail = { operation: 'gold_plan.open', scene: 'jsapi', result: 'succeeded' } as const
      await backendOf().addEvidence(sub_mchid, { kind: 'api_operation', ago: 20 * day, detail })
    }
    return numbers
  }
  const send = (text: string, given: { checked_at?: string; role?: Role; key?: string } = {}) => {
    const { role = 'operator', key = randomUUID(), ...body } = given
    const headers = { 'idempotency-key': key }
    return backendOf().call<PortalCheckList & Refused>(role, 'POST', '/v1/portal-check-lists', { body: { text, ...body }, headers })
  }
  const sendFile = (bytes: Uint8Array | string, fields: Record<string, string> = {}, name = '平台导出.csv') => {
    const form = new FormData()
    for (const [field, value] of Object.entries(fields)) form.set(field, value)
    form.set('file', new Blob([bytes as BlobPart]), name)
    return backendOf().upload<PortalCheckList & Refused>('operator', '/v1/portal-check-lists', form)
  }
  const post = (id: string, verb: 'apply' | 'cancellation', key = randomUUID(), role: Role = 'operator') =>
    backendOf().call<PortalCheckList & Refused>(role, 'POST', `/v1/portal-check-lists/${id}/${verb}`, {
      headers: { 'idempotency-key': key },
    })
  const read = async (id: string) => (await backendOf().call<PortalCheckList>('operator', 'GET', `/v1/portal-check-lists/${id}`)).body
  const rowsOf = async (id: string, group: string, more = '') =>
    (await backendOf().call<PortalCheckListRowPage>('operator', 'GET', `/v1/portal-check-lists/${id}/rows?group=${group}${more}`)).body
  const work = (goOn?: () => boolean) => applyLists({ db: backendOf().db, clock: backendOf().clock, numbers: [sp_mchid] }, goOn)
  const merchant = async (sub_mchid: string) =>
    (await backendOf().call<SubMerchant>('operator', 'GET', `/v1/sub-merchants/${sub_mchid}`)).body
  const looksAt = (sub_mchids: readonly string[]) =>
    backendOf().db.selectFrom('evidence').selectAll().where('kind', '=', 'portal_check').where('sub_mchid', 'in', sub_mchids).execute()
  const trail = async (like: string, id: string) =>
    backendOf()
      .db.selectFrom('audit_entries')
      .select(['action', 'actor_id', 'target_id', 'before', 'after', 'request_id'])
      .where('action', 'like', like)
      .where(eb => eb.or([eb('request_id', '=', id), eb(eb.cast<string>('after', 'text'), 'like', `%${id}%`)]))
      .orderBy('action')
      .execute()
  return { setStaff, shops, send, sendFile, post, read, rowsOf, work, merchant, looksAt, trail }
}
