// 服务商设置 and 报名及配置 in each of their states, and the way to them.
import { saveSettings } from '../../support/provider-settings.ts'
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { pageStates } from './page-states.ts'
import { computer, openOverHome, scrollToEnd, whileRederiving } from './steps.ts'

const provider = '/packages/manage/provider/index'
const readiness = '/packages/manage/readiness/index'
const asked = /^GET \/v1\/provider$/

/** What was changed and not saved, and what was loaded, is forgotten. */
async function openProvider(stage: Stage): Promise<void> {
  await stage.restart()
  await openOverHome(stage, provider)
  await stage.phone.find('#receipt')
}
async function openItem(stage: Stage, item: string): Promise<void> {
  await openOverHome(stage, readiness)
  await stage.phone.tap(`#item-${item}`)
  await stage.phone.find('#detail')
}
/** WeChat does not take one of the templates. */
async function templateRefused(stage: Stage): Promise<void> {
  const { database, clock } = stage.world
  const { message_templates } = await database
    .selectFrom('provider')
    .select('message_templates')
    .where('home_sp_mchid', 'is', null)
    .executeTakeFirstOrThrow()
  const { template_id } = message_templates.find(({ kind }) => kind === 'rollout')!
  const now = clock.now()
  const since = new Date(now.getTime() - 26 * 3_600_000)
  await database
    .insertInto('message_template_faults')
    .values({ template_id, errcode: 40037, errmsg: 'invalid template_id rid: 6745c0de-2f1a9b7c-0b1d2e3f', since, last_at: now })
    .execute()
  stage.afterwards(() => database.deleteFrom('message_template_faults').execute())
  await openProvider(stage)
}
const states = (page: string, name: string): Scene[] => [
  ...pageStates({ name, as: 'admin', url: page, asked }),
  { name: `${name}/forbidden`, as: 'field_agent', arrange: stage => openOverHome(stage, page), shows: { selector: ['#state-forbidden'] } },
]

export const providerScenes: Scene[] = [
  { name: 'provider/settings', as: 'admin', arrange: openProvider, shows: { selector: ['#default-open'] }, fold: true },
  { name: 'provider/template-refused', as: 'admin', arrange: templateRefused, shows: { selector: ['.template-fault'] }, fold: true },
  {
    name: 'readiness/template-refused',
    as: 'admin',
    async arrange(stage) {
      await templateRefused(stage)
      await openItem(stage, 'message_templates')
    },
    shows: { selector: ['#detail'] },
  },
  { name: 'provider/read-only', as: 'operator', arrange: openProvider, shows: { selector: ['#default-open'] }, fold: true },
  {
    name: 'provider/wrong-number',
    as: 'admin',
    async arrange(stage) {
      await openProvider(stage)
      await stage.phone.type('90000', '#rate')
    },
    shows: { selector: ['#wrong-rate'] },
    fold: true,
  },
  {
    name: 'provider/link-sheet',
    as: 'admin',
    async arrange(stage) {
      await openProvider(stage)
      await stage.phone.tap('#add-link')
      await stage.phone.type('h5.example.com:8443', '#link-host')
      await stage.phone.tap('#link-keep')
    },
    shows: { selector: ['#link-fault'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'provider/template-sheet',
    as: 'admin',
    async arrange(stage) {
      await openProvider(stage)
      await stage.phone.tap('#template-shop')
      await stage.phone.type('demo-template-shop-0002, thing4', '#template')
      await stage.phone.tap('#template-keep')
    },
    shows: { selector: ['#template-fault'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'provider/since-sheet',
    as: 'admin',
    async arrange(stage) {
      await openProvider(stage)
      await stage.phone.tap('#change-since')
    },
    shows: { selector: ['#since-date'] },
    fold: true,
  },
  {
    name: 'provider/confirm',
    as: 'admin',
    async arrange(stage) {
      await openProvider(stage)
      await stage.phone.tap('#change-since')
      await stage.phone.tap('#since-on')
      await stage.phone.tap('#save')
    },
    shows: { selector: ['#sheet'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'provider/conflict',
    as: 'admin',
    async arrange(stage) {
      await openProvider(stage)
      await stage.phone.type('60', '#stale')
      await stage.phone.tap('#watch-no')
      await saveSettings(stage.world, { stale_after_days: 45, rollout_rate_per_minute: 30 })
      stage.afterwards(() => saveSettings(stage.world, { stale_after_days: 90, rollout_rate_per_minute: 60 }))
      await stage.phone.tap('#save')
    },
    shows: { selector: ['#conflict'] },
  },
  {
    name: 'provider/rederiving',
    as: 'admin',
    async arrange(stage) {
      await stage.restart()
      await whileRederiving(stage, async () => {
        await stage.phone.open(provider, 'navigateTo')
        await stage.phone.find('#rederiving')
      })
      stage.hold(asked)
    },
    shows: { selector: ['#rederiving'], reads: '42' },
  },
  {
    name: 'provider/offline-while-changing',
    as: 'admin',
    async arrange(stage) {
      await openProvider(stage)
      await stage.phone.tap('#watch-no')
      await stage.offline()
    },
    shows: { selector: ['#state-offline-bar'] },
    fold: true,
  },
  {
    name: 'provider/wide',
    as: 'admin',
    async arrange(stage) {
      await openProvider(stage)
      await computer(stage)
    },
    shows: { selector: ['.page-wide'] },
    fold: true,
  },
  ...states(provider, 'provider'),
]

export const readinessScenes: Scene[] = [
  { name: 'readiness/list', as: 'operator', arrange: stage => openOverHome(stage, readiness), shows: { selector: ['#ring'] }, fold: true },
  { name: 'readiness/item', as: 'operator', arrange: stage => openItem(stage, 'api_keys'), shows: { selector: ['#detail'] }, fold: true },
  {
    name: 'readiness/bills',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, readiness)
      await stage.phone.find('#bills')
      await scrollToEnd(stage)
    },
    shows: { selector: ['#bills'] },
    fold: true,
  },
  {
    name: 'readiness/read-only',
    as: 'auditor',
    arrange: stage => openItem(stage, 'debuggers'),
    shows: { selector: ['#detail'] },
    fold: true,
  },
  {
    name: 'readiness/answer-sheet',
    as: 'operator',
    async arrange(stage) {
      await openItem(stage, 'debuggers')
      await stage.phone.tap('#answer')
    },
    shows: { selector: ['#answer-save'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'readiness/checking',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, readiness)
      stage.hold(/readiness-checks/)
      await stage.phone.tap('#check')
    },
    shows: { selector: ['#checking'] },
    fleeting: true,
    waiting: true,
    fold: true,
  },
  {
    name: 'readiness/wide',
    as: 'admin',
    async arrange(stage) {
      await openOverHome(stage, readiness)
      await computer(stage)
      await stage.phone.tap('#item-api_keys')
    },
    shows: { selector: ['#detail'] },
    fold: true,
  },
  { name: 'readiness/workbench', as: 'admin', arrange: stage => stage.restart(), shows: { selector: ['#readiness'] }, fold: true },
  ...states(readiness, 'readiness'),
]
