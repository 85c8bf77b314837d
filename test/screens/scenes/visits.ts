// 到店检查, 拜访记录, 待同步 and the parts of 拜访: what a person comes to see on a day in the field.
import { randomUUID } from 'node:crypto'
import { eventually } from '../../support/eventually.ts'
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { withoutMerchants } from './home.ts'
import { anyList, fresh, openOverHome } from './steps.ts'

const visit = (number: number) => `00000000-0000-4000-8002-${String(number).padStart(12, '0')}`
const form = (number: string) => `/packages/visit/edit/index?sub_mchid=1900000${number}`
const record = (number: number) => `/packages/visit/detail/index?visit_id=${visit(number)}`
const outbox = '/packages/system/outbox/index'

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
const choose = (stage: Stage, id: string, value: string) => stage.phone.tap(`#ask-${id}`, `#option-${id}-${value}`)

async function begin(stage: Stage, number: string): Promise<void> {
  await openOverHome(stage, form(number))
  await stage.phone.find('#progress')
}
/** Everything that is asked where only the shop scans. */
async function fill(stage: Stage): Promise<void> {
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
async function fillPaid(stage: Stage): Promise<void> {
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
const submit = (stage: Stage) => stage.phone.tap('#bar', '#primary')

const editing: Scene[] = [
  {
    name: 'visit-edit/begun',
    as: 'field_agent',
    arrange: stage => begin(stage, '101'),
    shows: { selector: ['#progress'] },
  },
  {
    name: 'visit-edit/filled',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '103')
      await fillPaid(stage)
    },
    shows: { selector: ['#item-D3'] },
  },
  {
    name: 'visit-edit/gaps',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '103')
      await submit(stage)
    },
    shows: { selector: ['#bar'], reads: '第一处' },
    fold: true,
  },
  {
    name: 'visit-edit/no-number',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '103')
      await stage.phone.type('1,500', '#ask-D3', '#number-D3')
    },
    shows: { selector: ['#ask-D3', '#fault-D3'] },
  },
  {
    name: 'visit-edit/returned',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, `/packages/visit/edit/index?visit_id=${visit(2)}`),
    shows: { selector: ['#returned'] },
    fold: true,
  },
  {
    name: 'visit-edit/offline',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '101')
      await stage.offline()
    },
    shows: { selector: ['#state-offline'] },
    fold: true,
  },
  {
    name: 'visit-edit/delete-sheet',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '101')
      await choose(stage, 'A1', 'same')
      await stage.phone.tap('#delete')
    },
    shows: { selector: ['#sheet', '#sheet-confirm'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'visit-edit/sent',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '105')
      await fill(stage)
      await submit(stage)
    },
    shows: { selector: ['#sent', '#verdict'] },
    fold: true,
  },
  {
    name: 'visit-edit/waiting',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '106')
      await fill(stage)
      await stage.offline()
      await submit(stage)
    },
    shows: { selector: ['#sent', '#outcome'], reads: '待同步' },
    fold: true,
  },
  {
    name: 'visit-edit/not-yours',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, `/packages/visit/edit/index?visit_id=${visit(5)}`),
    shows: { selector: ['.panel'] },
  },
  {
    name: 'visit-edit/accepted',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, `/packages/visit/edit/index?visit_id=${visit(3)}`),
    shows: { selector: ['#state-accepted'] },
  },
  {
    name: 'visit-edit/forbidden',
    as: 'auditor',
    arrange: stage => openOverHome(stage, form('101')),
    shows: { selector: ['#state-forbidden'] },
  },
  {
    name: 'visit-edit/skeleton',
    as: 'field_agent',
    async arrange(stage) {
      stage.hold(/^GET \/v1\/sub-merchants\/\d+$/)
      await openOverHome(stage, form('107'))
    },
    shows: { selector: ['#state-skeleton'] },
    fleeting: true,
    waiting: true,
  },
  {
    name: 'visit-edit/no-template',
    as: 'field_agent',
    async arrange(stage) {
      await stage.phone.miniProgram.callWxMethod('removeStorageSync', 'checklist')
      await stage.offline()
      await stage.restart()
      await openOverHome(stage, form('107'))
    },
    shows: { selector: ['#state-no_template'] },
  },
  {
    name: 'visit-edit/error',
    as: 'field_agent',
    async arrange(stage) {
      stage.cut(/^GET \/v1\/sub-merchants\/\d+$/)
      await openOverHome(stage, form('107'))
    },
    shows: { selector: ['#state-error'] },
  },
]

const reading: Scene[] = [
  { name: 'visit-detail/to-review', as: 'region_lead', arrange: stage => openOverHome(stage, record(1)), shows: { selector: ['#accept'] } },
  {
    name: 'visit-detail/return-sheet',
    as: 'region_lead',
    async arrange(stage) {
      await openOverHome(stage, record(1))
      await stage.phone.tap('#return')
    },
    shows: { selector: ['#sheet', '#sheet-confirm'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'visit-detail/offline',
    as: 'region_lead',
    async arrange(stage) {
      await openOverHome(stage, record(1))
      await stage.phone.find('#accept')
      await stage.offline()
    },
    shows: { selector: ['#locked'] },
    fold: true,
  },
  {
    name: 'visit-detail/returned',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, record(2)),
    shows: { selector: ['#continue'] },
  },
  { name: 'visit-detail/accepted', as: 'field_agent', arrange: stage => openOverHome(stage, record(4)), shows: { selector: ['#reviews'] } },
  {
    name: 'visit-detail/forbidden',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, `/packages/visit/detail/index?visit_id=${randomUUID()}`),
    shows: { selector: ['#state-forbidden'] },
  },
  {
    name: 'visit-detail/error',
    as: 'field_agent',
    async arrange(stage) {
      stage.cut(/^GET \/v1\/visits\/[^?]+$/)
      await openOverHome(stage, record(4))
    },
    shows: { selector: ['#state-error'] },
  },
  {
    name: 'visit-detail/skeleton',
    as: 'field_agent',
    async arrange(stage) {
      stage.hold(/^GET \/v1\/visits\/[^?]+$/)
      await openOverHome(stage, record(4))
    },
    shows: { selector: ['#state-skeleton'] },
    fleeting: true,
    waiting: true,
  },
  {
    name: 'visit-detail/next-review',
    as: 'operator',
    async arrange(stage) {
      await stage.restart()
      await stage.phone.tap('#to-review')
      await stage.phone.tap(`#visit-${visit(5)}`)
      await stage.phone.tap('#accept')
    },
    shows: { selector: ['#next-review'] },
    fold: true,
  },
  {
    name: 'visit-detail/overtaken',
    as: 'region_lead',
    async arrange(stage) {
      await openOverHome(stage, record(1))
      await stage.phone.find('#accept')
      const decided = { result: 'returned', comment: '缺少照片' }
      await stage.world.request('operator', 'POST', `/v1/visits/${visit(1)}/review`, decided, { 'idempotency-key': randomUUID() })
      await stage.phone.tap('#accept')
    },
    shows: { selector: ['#overtaken'] },
    fold: true,
  },
]

const tab = (stage: Stage) => stage.phone.open('/pages/visits/index', 'switchTab')
const segment = async (stage: Stage, id: string) => {
  await tab(stage)
  await stage.phone.tap(`#segment-${id}`)
}

const lists: Scene[] = [
  {
    name: 'visits/today',
    as: 'field_agent',
    async arrange(stage) {
      await stage.restart()
      await tab(stage)
    },
    shows: { selector: ['.district'] },
    fold: true,
  },
  {
    name: 'visits/area',
    as: 'field_agent',
    async arrange(stage) {
      await stage.restart()
      await tab(stage)
      await stage.phone.tap('#to-area')
    },
    shows: { selector: ['#footer'] },
    fold: true,
  },
  {
    name: 'visits/error',
    as: 'field_agent',
    async arrange(stage) {
      await fresh(stage)
      stage.cut(anyList)
      await tab(stage)
    },
    shows: { selector: ['#state-error'] },
  },
  {
    name: 'visits/empty',
    as: 'region_lead',
    async arrange(stage) {
      await withoutMerchants(stage)
      await stage.restart()
      await tab(stage)
    },
    shows: { selector: ['#state-empty'] },
  },
  {
    name: 'visits/drafts',
    as: 'field_agent',
    async arrange(stage) {
      await begin(stage, '101')
      await choose(stage, 'A1', 'same')
      await segment(stage, 'drafts')
    },
    shows: { selector: ['visit-row'] },
  },
  { name: 'visits/submitted', as: 'field_agent', arrange: stage => segment(stage, 'submitted'), shows: { selector: ['#footer'] } },
  { name: 'visits/returned', as: 'field_agent', arrange: stage => segment(stage, 'returned'), shows: { selector: ['#footer'] } },
  { name: 'visits/team', as: 'region_lead', arrange: stage => segment(stage, 'team'), shows: { selector: ['#footer'] } },
  { name: 'visits/team-empty', as: 'operator', arrange: stage => segment(stage, 'returned'), shows: { selector: ['#state-empty'] } },
]

const queue: Scene[] = [
  { name: 'outbox/empty', as: 'operator', arrange: stage => openOverHome(stage, outbox), shows: { selector: ['#state-empty'] } },
  {
    name: 'outbox/waiting',
    as: 'operator',
    async arrange(stage) {
      await begin(stage, '107')
      await fill(stage)
      await stage.offline()
      await submit(stage)
      await openOverHome(stage, outbox)
    },
    shows: { selector: ['#automatic'] },
  },
  {
    name: 'outbox/failed',
    as: 'region_lead',
    async arrange(stage) {
      await begin(stage, '108')
      await fill(stage)
      // finished on a phone whose clock is an hour ahead
      const offset = stage.world.clock.now().getTime() - Date.now()
      await stage.world.simulator.phone.set({ offline: true, clockOffsetMs: offset + 3_600_000 })
      await submit(stage)
      await stage.phone.find('#sent', '#outcome')
      await stage.world.simulator.phone.set({ offline: false, clockOffsetMs: offset })
      await openOverHome(stage, outbox)
    },
    shows: { selector: ['#mine'] },
  },
  {
    name: 'detail/unsent',
    as: 'field_agent',
    async arrange(stage) {
      await stage.phone.openMerchant('1900000103')
      await begin(stage, '103')
      await fill(stage)
      await stage.offline()
      await submit(stage)
      await stage.phone.find('#sent', '#outcome')
      await stage.phone.openMerchant('1900000103')
    },
    shows: { selector: ['#unsent'] },
  },
  {
    name: 'mine/unsent',
    as: 'operator',
    async arrange(stage) {
      await begin(stage, '104')
      await fill(stage)
      await stage.offline()
      await submit(stage)
      await stage.phone.find('#sent', '#outcome')
      await stage.phone.open('/pages/mine/index', 'switchTab')
    },
    shows: { selector: ['#outbox-note'], reads: '还在这台手机里' },
  },
]

export const visitScenes: Scene[] = [...editing, ...lists, ...reading, ...queue]
