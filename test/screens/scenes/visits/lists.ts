// The parts of 拜访.
import type { Scene } from '../../scene.ts'
import type { Stage } from '../../stage.ts'
import { withoutMerchants } from '../home.ts'
import { anyList, fresh } from '../steps.ts'
import { begin, choose } from './steps.ts'

const tab = (stage: Stage) => stage.phone.open('/pages/visits/index', 'switchTab')
const segment = async (stage: Stage, id: string) => {
  await tab(stage)
  await stage.phone.tap(`#segment-${id}`)
}

export const lists: Scene[] = [
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
