import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { readmeWithTables } from '../../scripts/simulator-tables/index.ts'
import { supportedMethods } from '../../scripts/simulator-tables/supported.ts'
import { defaultSettings } from '../../simulator/phone/settings.ts'
import { startPhone, type RunningPhone } from './wx/running-phone.ts'

let phone: RunningPhone
beforeAll(async () => {
  phone = await startPhone()
})
afterAll(() => phone?.close())

it('its tables are what the code is: `npx tsx scripts/simulator-tables/main.ts` writes them', async () => {
  const { now, wanted } = await readmeWithTables(await supportedMethods(phone.simulator))
  expect(now).toBe(wanted)
})

it('it names every setting of the phone', async () => {
  const { now } = await readmeWithTables([])
  expect(Object.keys(defaultSettings).filter(name => !now.includes(`\`${name}\``))).toEqual([])
})
