// What an administrator sets of a provider: the body of PUT /v1/provider/{sp_mchid} (product.md §5.1), and saving it beside the phone.
import { randomUUID } from 'node:crypto'
import { ProviderSettingsRequest, type ProviderSettings } from '../../backend/company/provider-settings/schema.ts'
import type { ProviderNumberList } from '../../typings/api.ts'
import type { World } from './world.ts'

const fields = Object.keys(ProviderSettingsRequest.properties) as (keyof ProviderSettingsRequest)[]

/** Of what was read, what may be set: by the contract, so that a field which is added to it is sent, too. */
export const settableIn = (settings: ProviderSettings) =>
  Object.fromEntries(fields.map(field => [field, settings[field]])) as ProviderSettingsRequest

/** An administrator saves, beside the phone, what is said here of the home number; the rest stays. */
export async function saveSettings(world: World, change: Partial<ProviderSettingsRequest>): Promise<void> {
  const { numbers } = (await (await world.request('admin', 'GET', '/v1/provider')).json()) as ProviderNumberList
  const held = numbers[0]!
  const headers = { 'if-match': `"${held.version}"`, 'idempotency-key': randomUUID() }
  const answer = await world.request('admin', 'PUT', `/v1/provider/${held.sp_mchid}`, { ...settableIn(held), ...change }, headers)
  if (!answer.ok) throw new Error(`the settings were not saved: ${answer.status} ${await answer.text()}`)
}
