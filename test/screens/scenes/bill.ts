// What comes by itself: merchants that bills found, what WeChat Pay limits, shops that may have gone back, and the plan of visits.
import { randomUUID } from 'node:crypto'
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { pageStates } from './page-states.ts'
import { computer, openMerchant, openOverHome } from './steps.ts'

const unlisted = '/packages/manage/unlisted/index'
const plan = '/packages/manage/visit-plan/index'

const limitationsOf = (stage: Stage, sub_mchid: string) =>
  openOverHome(stage, `/packages/merchant/limitations/index?sub_mchid=${sub_mchid}`)

/** The one shop of the demo that the watch found. */
async function suspect(stage: Stage): Promise<string> {
  const answer = await stage.world.request('operator', 'GET', '/v1/sub-merchants?attention=SUSPECTED')
  return ((await answer.json()) as { items: { sub_mchid: string }[] }).items[0]!.sub_mchid
}

export const billScenes: Scene[] = [
  { name: 'unlisted/open', as: 'operator', arrange: stage => openOverHome(stage, unlisted), shows: { selector: ['#merchants'] } },
  {
    name: 'unlisted/held',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, unlisted)
      await stage.phone.tap('#add-1900700001')
    },
    shows: { selector: ['#undo'] },
    fleeting: true,
    fold: true,
  },
  {
    name: 'unlisted/none-dismissed',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, unlisted)
      await stage.phone.find('#merchants')
      await stage.phone.tap('#part-dismissed')
    },
    shows: { selector: ['#state-empty'] },
    fleeting: true,
  },
  {
    name: 'unlisted/wide',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, unlisted)
      await computer(stage)
    },
    shows: { selector: ['#merchants'] },
    fold: true,
  },
  ...pageStates({ name: 'unlisted', as: 'operator', url: unlisted, asked: /GET \/v1\/unlisted-merchants/, states: ['error', 'offline'] }),
  {
    name: 'limitations/limited',
    as: 'field_agent',
    arrange: stage => limitationsOf(stage, '1900000133'),
    shows: { selector: ['#case-0'] },
  },
  { name: 'limitations/lifted', as: 'operator', arrange: stage => limitationsOf(stage, '1900000123'), shows: { selector: ['#past'] } },
  { name: 'limitations/never', as: 'field_agent', arrange: stage => limitationsOf(stage, '1900000120'), shows: { selector: ['#state'] } },
  {
    name: 'limitations/on-the-shop',
    as: 'field_agent',
    arrange: stage => openMerchant(stage, '1900000133'),
    shows: { selector: ['#limited'] },
    fold: true,
  },
  {
    name: 'suspected/shop',
    as: 'operator',
    arrange: async stage => openMerchant(stage, await suspect(stage)),
    shows: { selector: ['#suspected'] },
    fold: true,
  },
  {
    name: 'suspected/list',
    as: 'operator',
    async arrange(stage) {
      await stage.restart()
      await stage.phone.tap('#all-suspected')
    },
    shows: { selector: ['.merchant-row'] },
    fold: true,
  },
  {
    name: 'visit-plan/lead',
    as: 'region_lead',
    arrange: stage => openOverHome(stage, plan),
    shows: { selector: ['#summary'] },
    fold: true,
  },
  {
    name: 'visit-plan/wide',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, plan)
      await computer(stage)
      await stage.phone.find('.person')
      // who was chosen in the mode before still is, and a tap would fold it
      if (!(await stage.phone.shows('#stops'))) await stage.phone.tap('.person')
    },
    shows: { selector: ['#stops', '.stop'] },
    fold: true,
    fleeting: true,
  },
  {
    name: 'visit-plan/mine',
    as: 'field_agent',
    async arrange(stage) {
      await stage.world.request('operator', 'POST', '/v1/visit-plan/publication', {}, { 'idempotency-key': randomUUID() })
      await openOverHome(stage, plan)
    },
    shows: { selector: ['#stops'] },
    fold: true,
  },
  ...pageStates({ name: 'visit-plan', as: 'region_lead', url: plan, asked: /GET \/v1\/visit-plan/, states: ['error'] }),
]
