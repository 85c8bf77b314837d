// 变更记录 in each of its states, and the ways to it.
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
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
  {
    name: 'audit/error',
    as: 'auditor',
    async arrange(stage) {
      stage.cut(asked)
      await openOverHome(stage, trail)
    },
    shows: { selector: ['#state-error'] },
  },
  {
    name: 'audit/offline',
    as: 'auditor',
    async arrange(stage) {
      await stage.phone.open('/pages/home/index', 'switchTab')
      await stage.offline()
      await openOverHome(stage, trail)
    },
    shows: { selector: ['#state-offline'] },
  },
  {
    name: 'audit/skeleton',
    as: 'auditor',
    async arrange(stage) {
      stage.hold(asked)
      await openOverHome(stage, trail)
    },
    shows: { selector: ['#state-skeleton'] },
    fleeting: true,
    waiting: true,
  },
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
