// 变更记录 in each of its states, and the ways to it.
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { pageStates } from './page-states.ts'
import { changeBeside, computer, openMerchant, openOverHome } from './steps.ts'

const trail = '/packages/manage/audit/index'
const asked = /audit-entries/
const shop = '1900000161'

async function withChanges(stage: Stage, url: string): Promise<void> {
  await changeBeside(stage, shop, 'receipt', { status: 'open' })
  await openOverHome(stage, url)
}

export const auditScenes: Scene[] = [
  { name: 'audit/all', as: 'auditor', arrange: stage => withChanges(stage, trail), shows: { selector: ['#entries'] }, fold: true },
  {
    name: 'audit/shop',
    as: 'operator',
    arrange: stage => withChanges(stage, `${trail}?sub_mchid=${shop}`),
    shows: { selector: ['#entries'] },
    fold: true,
  },
  {
    name: 'audit/actions',
    as: 'auditor',
    async arrange(stage) {
      await withChanges(stage, trail)
      await stage.phone.find('#entries')
      await stage.phone.tap('#choose-action')
    },
    shows: { selector: ['#actions'] },
    fold: true,
  },
  {
    name: 'audit/empty',
    as: 'operator',
    arrange: stage => openOverHome(stage, `${trail}?sub_mchid=1900000101`),
    shows: { selector: ['#state-empty'] },
  },
  ...pageStates({ name: 'audit', as: 'auditor', url: trail, asked }),
  {
    name: 'audit/wide',
    as: 'auditor',
    async arrange(stage) {
      await withChanges(stage, trail)
      await computer(stage)
    },
    shows: { selector: ['.table-head'] },
    fold: true,
  },
  { name: 'audit/workbench', as: 'auditor', arrange: stage => stage.restart(), shows: { selector: ['#audit'] } },
  { name: 'audit/on-merchant-page', as: 'operator', arrange: stage => openMerchant(stage, shop), shows: { selector: ['#more-audit'] } },
]
