// What somebody does in a shop and over the form, for the scenes of a visit.
import { eventually } from '../../../support/eventually.ts'
import type { Stage } from '../../stage.ts'
import { openOverHome } from '../steps.ts'

export const visit = (number: number) => `00000000-0000-4000-8002-${String(number).padStart(12, '0')}`
export const form = (number: string) => `/packages/visit/edit/index?sub_mchid=1900000${number}`
export const record = (number: number) => `/packages/visit/detail/index?visit_id=${visit(number)}`
export const outbox = '/packages/system/outbox/index'

/** The first press of the camera asks for consent. */
async function press(stage: Stage, label: string, optional = false): Promise<void> {
  const pressed = async () =>
    (await stage.frame()).evaluate(text => {
      const buttons = [...(document.querySelector('simulator-overlays')?.shadowRoot?.querySelectorAll<HTMLElement>('button') ?? [])]
      const found = buttons.find(one => one.textContent === text)
      found?.click()
      return found !== undefined || (text === '同意' && buttons.length > 0)
    }, label)
  await eventually(`the button ${label}`, pressed, { timeout: optional ? 3_000 : 10_000 })
}
async function photograph(stage: Stage, id: string): Promise<void> {
  await stage.phone.tap(`#ask-${id}`, `#photos-${id}`, '#add')
  await press(stage, '同意', true)
  await press(stage, '1 张照片')
  await stage.phone.find(`#ask-${id}`, `#photos-${id}`, '.picture')
}
export const choose = (stage: Stage, id: string, value: string) => stage.phone.tap(`#ask-${id}`, `#option-${id}-${value}`)

export async function begin(stage: Stage, number: string): Promise<void> {
  await openOverHome(stage, form(number))
  await stage.phone.find('#progress')
}
/** Everything that is asked where only the shop scans. */
export async function fill(stage: Stage): Promise<void> {
  await choose(stage, 'A1', 'same')
  await photograph(stage, 'A3')
  await choose(stage, 'A4', 'true')
  await choose(stage, 'B1', 'payment_code')
  await choose(stage, 'B2', 'no')
  await choose(stage, 'B3', 'true')
  await choose(stage, 'D1', 'none')
  await choose(stage, 'E1', 'true')
  await choose(stage, 'E2', 'not_wanted')
}
/** Where a web page opens, paid and looked at: most items are asked. */
export async function fillPaid(stage: Stage): Promise<void> {
  await choose(stage, 'A1', 'different')
  await stage.phone.type('好味道川菜馆旗舰店', '#ask-A2', '#text-A2')
  await photograph(stage, 'A3')
  await choose(stage, 'A4', 'false')
  await choose(stage, 'B1', 'table_sticker')
  await choose(stage, 'B1', 'native_qr')
  await choose(stage, 'B2', 'yes')
  await choose(stage, 'C2', 'done')
  await choose(stage, 'C3', 'yes')
  await choose(stage, 'C3b', 'merchant_receipt')
  await choose(stage, 'D1', 'pickup_code')
  await choose(stage, 'D2', 'true')
  await stage.phone.type('5', '#ask-D3', '#number-D3')
  await stage.phone.type('李 13800138000', '#ask-F3', '#text-F3')
}
export const submit = (stage: Stage) => stage.phone.tap('#bar', '#primary')
