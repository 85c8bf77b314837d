// 申请关闭 on a shop's page and 关闭申请 (product.md M10, M22): asking, waiting, deciding, and what became of it.
import { randomUUID } from 'node:crypto'
import { closingRequests } from '../../../dev/demo/closing-requests.ts'
import type { Scene } from '../scene.ts'
import type { Role } from '../../../backend/http/schema.ts'
import type { Stage } from '../stage.ts'
import { withoutMerchants } from './home.ts'
import { pageStates } from './page-states.ts'
import { computer, openMerchant, openOverHome } from './steps.ts'

const approvals = '/packages/manage/approvals/index'
const idOf = (sub_mchid: string) => closingRequests.find(request => request.sub_mchid === sub_mchid)!.id
const one = (sub_mchid: string) => `${approvals}?request_id=${idOf(sub_mchid)}`
const [ofAgent, ofLead, rejected, executed] = ['1900000119', '1900000115', '1900000121', '1900000108'] as const

const list = (name: string, as: Role, id: string): Scene => ({
  name: `approvals/${name}`,
  as,
  async arrange(stage) {
    await openOverHome(stage, approvals)
    await stage.phone.tap(`#part-${id}`)
  },
  shows: { selector: ['.row'] },
})
const detail = (name: string, as: Role, sub_mchid: string): Scene => ({
  name: `approvals/${name}`,
  as,
  arrange: stage => openOverHome(stage, one(sub_mchid)),
  shows: { selector: ['#lines'] },
})
const sheet = (name: string, as: Role, sub_mchid: string, button: string): Scene => ({
  name: `approvals/${name}`,
  as,
  async arrange(stage) {
    await openOverHome(stage, one(sub_mchid))
    await stage.phone.tap(button)
  },
  shows: { selector: ['#sheet', '#sheet-confirm'] },
  saidOnce: true,
  fold: true,
})
async function askingSheet(stage: Stage): Promise<void> {
  await openMerchant(stage, '1900000120')
  await stage.phone.tap('#ask-closing')
}

export const closingScenes: Scene[] = [
  {
    name: 'closing/sheet',
    as: 'field_agent',
    arrange: askingSheet,
    shows: { selector: ['#closing-sheet', '#closing-confirm'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'closing/other-digits',
    as: 'field_agent',
    async arrange(stage) {
      await askingSheet(stage)
      await stage.phone.type('店铺下周停业，店主要求关闭', '#closing-sheet', '#closing-reason')
      await stage.phone.type('0102', '#closing-sheet', '#closing-tail')
    },
    shows: { selector: ['#closing-sheet', '#tail-wrong'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'closing/lost',
    as: 'field_agent',
    async arrange(stage) {
      await askingSheet(stage)
      stage.cut(/^POST \/v1\/change-requests$/)
      await stage.phone.type('店铺下周停业，店主要求关闭', '#closing-sheet', '#closing-reason')
      await stage.phone.type('0120', '#closing-sheet', '#closing-tail')
      await stage.phone.tap('#closing-sheet', '#closing-confirm')
    },
    shows: { selector: ['#closing-sheet', '#closing-lost'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'closing/pending',
    as: 'field_agent',
    arrange: stage => openMerchant(stage, ofAgent),
    shows: { selector: ['#closing-request', '#banner-request'] },
    fold: true,
  },
  list('waiting', 'operator', 'waiting'),
  list('mine', 'field_agent', 'mine'),
  list('decided', 'region_lead', 'decided'),
  detail('to-decide', 'region_lead', ofAgent),
  detail('own', 'region_lead', ofLead),
  detail('rejected', 'field_agent', rejected),
  detail('executed', 'region_lead', executed),
  sheet('approve-sheet', 'region_lead', ofAgent, '#approve'),
  sheet('reject-sheet', 'region_lead', ofAgent, '#reject'),
  sheet('cancel-sheet', 'region_lead', ofLead, '#cancel'),
  {
    name: 'approvals/empty',
    as: 'region_lead',
    async arrange(stage) {
      await withoutMerchants(stage)
      await openOverHome(stage, approvals)
    },
    shows: { selector: ['#state-empty'] },
  },
  ...pageStates({ name: 'approvals', as: 'operator', url: approvals, asked: /^GET \/v1\/change-requests/, states: ['error', 'skeleton'] }),
  {
    name: 'approvals/offline',
    as: 'region_lead',
    async arrange(stage) {
      await openOverHome(stage, one(ofAgent))
      await stage.phone.find('#approve')
      await stage.offline()
    },
    shows: { selector: ['#locked'] },
    fold: true,
  },
  {
    name: 'approvals/forbidden',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, `${approvals}?request_id=${randomUUID()}`),
    shows: { selector: ['#detail-forbidden'] },
  },
  {
    name: 'approvals/wide',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, approvals)
      await computer(stage)
      await stage.phone.tap(`#request-${idOf(ofAgent)}`)
    },
    shows: { selector: ['#lines'] },
    fold: true,
  },
]
