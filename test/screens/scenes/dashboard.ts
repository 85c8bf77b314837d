// 看板 and the lists behind its numbers, in each of their states.
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { pageStates } from './page-states.ts'
import { computer, openOverHome } from './steps.ts'

const dashboard = '/packages/manage/dashboard/index'
const shops = '/packages/manage/shops/index'

const wide = (url: string) => async (stage: Stage) => {
  await openOverHome(stage, url)
  await computer(stage)
}

export const dashboardScenes: Scene[] = [
  ...(['region_lead', 'operator', 'field_agent'] as const).map((as): Scene => ({
    name: `dashboard/${as}`,
    as,
    arrange: stage => openOverHome(stage, dashboard),
    shows: { selector: ['#plots'] },
    fold: true,
  })),
  {
    name: 'dashboard/tables',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, dashboard)
      await stage.phone.find('#plots')
      await stage.phone.tap('#as-tables')
      stage.afterwards(() => stage.phone.tap('#as-plots'))
    },
    shows: { selector: ['.table-head'] },
    fold: true,
  },
  { name: 'dashboard/wide', as: 'operator', arrange: wide(dashboard), shows: { selector: ['#plots'] }, fold: true },
  ...pageStates({ name: 'dashboard', as: 'operator', url: dashboard, asked: /metrics\/dashboard/, states: ['error', 'skeleton'] }),
  {
    name: 'shops/all',
    as: 'operator',
    arrange: stage => openOverHome(stage, `${shops}?state=verified&on=2026-11-01`),
    shows: { selector: ['#rows'] },
    fold: true,
  },
  { name: 'shops/wide', as: 'operator', arrange: wide(`${shops}?state=verified`), shows: { selector: ['.table-head'] }, fold: true },
  {
    name: 'shops/empty',
    as: 'operator',
    arrange: stage => openOverHome(stage, `${shops}?assigned_to=staff-nobody`),
    shows: { selector: ['#state-empty'] },
  },
]
