// 批量开通 in each of its states.
import { sql, type RawBuilder } from 'kysely'
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

/** It runs while WeChat Pay gives no usable answer. */
async function whileAway(stage: Stage): Promise<void> {
  const { database, sandbox, clock } = stage.world
  const set = (status: 'running' | 'waiting') =>
    database.updateTable('rollouts').set({ status }).where('name', '=', '十一月第二批').execute()
  sandbox.control.setWeather({ seed: 1, shares: { service_unavailable: 1 }, mostPerSecond: null, spares: new Set() })
  const now = clock.now()
  const away = { per_minute: 60, next_at: new Date(now.getTime() + 600), grown_at: now, away_since: new Date(now.getTime() - 42 * 60_000) }
  await database
    .insertInto('rollout_rate')
    .values({ ...away, away_in_a_row: 40 })
    .onConflict(conflict => conflict.column('only_one').doUpdateSet({ ...away, away_in_a_row: 40 }))
    .execute()
  await set('running')
  stage.afterwards(async () => {
    await set('waiting')
    sandbox.control.setWeather(null)
    await database.updateTable('rollout_rate').set({ away_in_a_row: 0, away_since: null }).execute()
  })
  await openNamed(stage, '十一月第二批')
}
/** Only its numbers are kept: the list of its merchants is not. */
async function whenReduced(stage: Stage): Promise<void> {
  const set = (counts: RawBuilder<string | null>, reduced_at: Date | null) =>
    sql`update rollouts set counts = ${counts}::jsonb, reduced_at = ${reduced_at} where name = '十一月第一批'`.execute(stage.world.database)
  const counted = sql<
    string | null
  >`(select jsonb_agg(jsonb_build_object('stage', stage, 'status', status, 'code', code, 'items', items)) from (
    select stage, status, code, count(*)::integer as items from rollout_items where rollout_id = rollouts.id group by 1, 2, 3) as come)`
  await set(counted, stage.world.clock.now())
  stage.afterwards(() => set(sql<null>`null`, null))
  await openNamed(stage, '十一月第一批')
}

export const rolloutScenes: Scene[] = [
  // the worker soon sees that the stage is over
  { name: 'rollouts/away', as: 'operator', arrange: whileAway, shows: { selector: ['#note'] }, fleeting: true },
  { name: 'rollouts/reduced', as: 'operator', arrange: whenReduced, shows: { selector: ['#note'] } },
  {
    name: 'rollouts/new-region',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, newOne)
      await stage.phone.tap('#region')
      await stage.phone.tap('#regions', '#region-440000')
      await stage.phone.find('#regions', '#region-440300')
    },
    shows: { selector: ['#regions', '#region-take'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'rollouts/export',
    as: 'operator',
    async arrange(stage) {
      await openNamed(stage, '十一月第一批')
      await stage.phone.tap('#export')
      await stage.phone.at('packages/manage/exports/index')
    },
    shows: { selector: ['#new'] },
  },
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
