// 讲给商户听, 小票内容 and 接入向导: each card, the editor in its states, the wizard on its way.
import { randomUUID } from 'node:crypto'
import type { Scene } from '../scene.ts'
import type { Role } from '../../../backend/http/schema.ts'
import type { Stage } from '../stage.ts'
import { pageStates } from './page-states.ts'
import { openOverHome } from './steps.ts'

const page = (name: string, number: string) => `/packages/merchant/${name}/index?sub_mchid=1900000${number}`

/** Somebody else chose what this shop's receipt shows. */
async function chosen(stage: Stage, number: string, blocks: object[], by: Role = 'operator'): Promise<void> {
  const path = `/v1/sub-merchants/1900000${number}/receipt-content`
  const { version, blocks: before } = (await (await stage.world.request('operator', 'GET', path)).json()) as {
    version: number
    blocks: object[]
  }
  if (JSON.stringify(before) === JSON.stringify(blocks)) return
  const answer = await stage.world.request(by, 'PUT', path, { blocks }, { 'if-match': `"${version}"`, 'idempotency-key': randomUUID() })
  if (!answer.ok) throw new Error(`receipt of ${number} was not chosen: ${answer.status} ${await answer.text()}`)
}
const CATERING = [
  { kind: 'pickup_code', title: '取餐码' },
  { kind: 'order_items' },
  { kind: 'pickup_point', title: '取餐点', place: '前台取餐口' },
  { kind: 'notice', text: '叫号后请在 10 分钟内取餐。' },
]
const PARKING = [
  { kind: 'parking', leave_within_minutes: 15, fee_rule: '首小时 5 元，之后每小时 2 元' },
  { kind: 'link', label: '开电子发票', url: 'https://pay.example.cn/invoice' },
]

const explain = (number: string, card: number, blocks: object[] | null): Omit<Scene, 'name'> => ({
  as: 'operator',
  async arrange(stage) {
    if (blocks) await chosen(stage, number, blocks)
    await openOverHome(stage, page('explain', number))
    await stage.phone.find('#card-change')
    for (let at = 0; at < card; at++) await stage.phone.tap('#next')
  },
  shows: { selector: [['#card-change', '#card-page', '#card-receipt', '#done'][card]!] },
  fold: true,
})
const content = (number: string, mark: string, blocks: object[] | null): Omit<Scene, 'name'> => ({
  as: 'operator',
  async arrange(stage) {
    if (blocks) await chosen(stage, number, blocks)
    await openOverHome(stage, page('receipt-content', number))
  },
  shows: { selector: [mark] },
})

export const paymentPage: Scene[] = [
  { name: 'explain/change', ...explain('109', 0, CATERING) },
  { name: 'explain/page', ...explain('109', 1, CATERING) },
  { name: 'explain/page-official', ...explain('104', 1, []) },
  { name: 'explain/page-filter', ...explain('163', 1, PARKING) },
  { name: 'explain/receipt', ...explain('109', 2, CATERING) },
  { name: 'explain/ads', ...explain('163', 3, null) },
  {
    name: 'explain/offline',
    as: 'operator',
    async arrange(stage) {
      await stage.offline()
      await openOverHome(stage, page('explain', '999'))
    },
    shows: { selector: ['.page'] },
  },
  { name: 'receipt-content/none', ...content('104', '#none', []) },
  { name: 'receipt-content/blocks', ...content('109', '#block-3', CATERING) },
  {
    name: 'receipt-content/editing',
    as: 'operator',
    async arrange(stage) {
      await chosen(stage, '163', PARKING)
      await openOverHome(stage, page('receipt-content', '163'))
      await stage.phone.find('#block-1')
      if (await stage.phone.shows('#resumed')) await stage.phone.tap('#revert')
      await stage.phone.tap('#edit-1')
      await stage.phone.type('http://pay.example.cn', '#field-url', 'van-field', 'input')
    },
    shows: { selector: ['#fault-url'] },
    fleeting: true,
  },
  {
    name: 'receipt-content/waiting-links',
    as: 'region_lead',
    async arrange(stage) {
      const link = { kind: 'link', label: '开发票', url: 'https://elsewhere.example.net/invoice' }
      await chosen(stage, '115', [...CATERING, link], 'field_agent')
      await openOverHome(stage, page('receipt-content', '115'))
    },
    shows: { selector: ['#waiting-links'], reads: 'elsewhere.example.net' },
  },
  {
    name: 'receipt-content/conflict',
    as: 'operator',
    async arrange(stage) {
      await chosen(stage, '112', PARKING)
      await openOverHome(stage, page('receipt-content', '112'))
      await stage.phone.find('#block-0')
      if (await stage.phone.shows('#revert')) await stage.phone.tap('#revert')
      await stage.phone.tap('#remove-0')
      await chosen(stage, '112', CATERING)
      await stage.phone.tap('#save')
    },
    shows: { selector: ['#conflict'] },
    fleeting: true,
  },
  {
    name: 'receipt-content/offline',
    as: 'operator',
    async arrange(stage) {
      await chosen(stage, '109', CATERING)
      await openOverHome(stage, page('receipt-content', '109'))
      await stage.phone.find('#block-3')
      await stage.offline()
    },
    shows: { selector: ['#state-offline'] },
  },
  ...pageStates({
    name: 'receipt-content',
    as: 'operator',
    url: page('receipt-content', '113'),
    asked: /^GET .*\/receipt-content$/,
    states: ['error'],
  }),
  { name: 'receipt-content/read-only', ...content('109', '#read-only', CATERING), as: 'auditor' },
  {
    name: 'receipt-content/forbidden',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, page('receipt-content', '150')),
    shows: { selector: ['#state-forbidden'] },
  },
  {
    name: 'onboarding/first',
    as: 'operator',
    arrange: stage => openOverHome(stage, page('onboarding', '101')),
    shows: { selector: ['#step-identify'] },
  },
  {
    name: 'onboarding/under-way',
    as: 'operator',
    async arrange(stage) {
      await chosen(stage, '104', CATERING)
      await openOverHome(stage, page('onboarding', '104'))
      await stage.phone.find('#step-identify')
      if (await stage.phone.shows('#step-identify.step-next')) await stage.phone.tap('#next-step', '.side')
    },
    shows: { selector: ['#step-opening'] },
  },
  {
    name: 'onboarding/forbidden',
    as: 'auditor',
    arrange: stage => openOverHome(stage, page('onboarding', '104')),
    shows: { selector: ['#state-forbidden'] },
  },
]
