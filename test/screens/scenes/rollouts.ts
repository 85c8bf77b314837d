// 批量开通 in each of its states.
import { eventually } from '../../support/eventually.ts'
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { pageStates } from './page-states.ts'
import { chosen } from './portal-list.ts'
import { computer, fresh, openOverHome } from './steps.ts'

const rollouts = '/packages/manage/rollouts/index'
const newOne = '/packages/manage/rollout-new/index'

async function openNamed(stage: Stage, name: string): Promise<void> {
  await openOverHome(stage, rollouts)
  await stage.phone.reads(name, '#list')
  for (const row of await (await stage.phone.page()).$$('.row')) {
    if (!(await row.text()).includes(name)) continue
    await row.tap()
    return
  }
}
const dryRun = async (stage: Stage) => {
  await openOverHome(stage, newOne)
  await stage.phone.type('十二月', '#name', 'van-field', 'input')
  await stage.phone.tap('#try')
}

export const rolloutScenes: Scene[] = [
  { name: 'rollouts/list', as: 'operator', arrange: stage => openOverHome(stage, rollouts), shows: { selector: ['.row'] } },
  { name: 'rollouts/waiting', as: 'operator', arrange: stage => openNamed(stage, '十一月第二批'), shows: { selector: ['#stages'] } },
  { name: 'rollouts/completed', as: 'operator', arrange: stage => openNamed(stage, '十一月第一批'), shows: { selector: ['#stages'] } },
  { name: 'rollouts/draft', as: 'operator', arrange: dryRun, shows: { selector: ['#excluded'] } },
  {
    name: 'rollouts/start',
    as: 'operator',
    async arrange(stage) {
      await dryRun(stage)
      await stage.phone.tap('#step-start')
    },
    shows: { selector: ['#sheet', '#sheet-confirm'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'rollouts/items',
    as: 'operator',
    async arrange(stage) {
      await openNamed(stage, '十一月第二批')
      await stage.phone.tap('#cause-failed-SUB_MERCHANT_PUNISHED')
    },
    shows: { selector: ['.item'] },
    saidOnce: true,
    fold: true,
  },
  { name: 'rollouts/new', as: 'operator', arrange: stage => openOverHome(stage, newOne), shows: { selector: ['#try'] } },
  {
    name: 'rollouts/new-list',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, newOne)
      await stage.phone.tap('#by-list')
    },
    shows: { selector: ['#list'] },
  },
  {
    name: 'rollouts/new-file',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, newOne)
      await stage.phone.tap('#by-list')
      await stage.world.simulator.phone.set({ chatFile: '十二月名单.csv\n商户号,名称\n1900000106,甲\n1900000107,乙' })
      stage.afterwards(() => stage.world.simulator.phone.set({ chatFile: '' }))
      await stage.phone.tap('#choose-file')
      await eventually('the file', () => chosen(stage))
    },
    shows: { selector: ['#file'] },
  },
  ...pageStates({
    name: 'rollouts',
    as: 'operator',
    url: rollouts,
    asked: /^GET \/v1\/rollouts/,
    states: ['error', 'skeleton'],
    begin: fresh,
  }),
  {
    name: 'rollouts/wide',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, rollouts)
      await computer(stage)
      await stage.phone.reads('十一月第二批', '#list')
      await stage.phone.tap('.row')
    },
    shows: { selector: ['#stages'] },
    fold: true,
  },
]
