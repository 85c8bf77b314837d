// 返佣 in each of its states.
import { provider } from '../../../dev/demo/organisation.ts'
import type { Scene } from '../scene.ts'
import { pageStates } from './page-states.ts'
import { computer, openOverHome } from './steps.ts'

const page = '/packages/manage/rebate/index'
/** the demo stands in November 2026 */
const ofMonth = (month: string) => `${page}?sp_mchid=${provider.sp_mchid}&month=${month}`

export const rebateScenes: Scene[] = [
  {
    name: 'rebate/months',
    as: 'operator',
    arrange: stage => openOverHome(stage, page),
    shows: { selector: ['#months'], reads: '2026-10' },
  },
  {
    name: 'rebate/not-fitting',
    as: 'admin',
    arrange: stage => openOverHome(stage, ofMonth('2026-09')),
    shows: { selector: ['#item-1900009999'] },
  },
  {
    name: 'rebate/contradicted',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, ofMonth('2026-08'))
      await stage.phone.tap('#rows-marked')
    },
    shows: { selector: ['#item-1900000125'] },
  },
  {
    name: 'rebate/wide',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, page)
      await computer(stage)
      await stage.phone.tap(`#month-${provider.sp_mchid}-2026-09`)
    },
    shows: { selector: ['#item-1900009999'] },
    saidOnce: true,
    fold: true,
  },
  ...pageStates({ name: 'rebate', as: 'operator', url: page, asked: /GET \/v1\/rebates/ }),
  { name: 'rebate/forbidden', as: 'region_lead', arrange: stage => openOverHome(stage, page), shows: { selector: ['#state-forbidden'] } },
  {
    name: 'rebate/empty',
    as: 'operator',
    async arrange(stage) {
      const tables = ['rebate_files', 'rebate_figures']
      for (const table of tables) await stage.world.asOwner(`create table ${table}_meanwhile as table ${table}`)
      await stage.world.asOwner(`truncate ${tables.join(', ')}`)
      stage.afterwards(async () => {
        for (const table of tables)
          await stage.world.asOwner(`insert into ${table} table ${table}_meanwhile; drop table ${table}_meanwhile`)
      })
      await openOverHome(stage, page)
    },
    shows: { selector: ['#state-empty'] },
  },
]
