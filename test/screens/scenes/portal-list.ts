// 平台名单 and the mini program scene (product.md B11, §6): a list put together, looked through, recorded; the switch of the scene and what it asks for.
import { readFileSync } from 'node:fs'
import { eventually } from '../../support/eventually.ts'
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { computer, fresh, openMerchant, openOverHome } from './steps.ts'

const page = '/packages/manage/portal-list/index'
const rows = readFileSync(new URL('../../../dev/demo/console-list.csv', import.meta.url), 'utf8').trim()

const open = (stage: Stage) => openOverHome(stage, page)
async function pasted(stage: Stage, text = rows): Promise<void> {
  await fresh(stage)
  await open(stage)
  await stage.phone.type(text, '#paste')
}
async function previewed(stage: Stage): Promise<void> {
  await pasted(stage)
  await stage.phone.tap('#preview')
  await stage.phone.find('#list-preview')
}
/** WeChat asks for consent to its guideline the first time. */
export async function chosen(stage: Stage): Promise<boolean> {
  await (
    await stage.frame()
  ).evaluate(() => {
    const buttons = [...(document.querySelector('simulator-overlays')?.shadowRoot?.querySelectorAll<HTMLElement>('button') ?? [])]
    buttons.find(one => one.textContent === '同意')?.click()
  })
  return stage.phone.shows('#file')
}
const group = (id: string): Scene => ({
  name: `portal-list/${id}`,
  as: 'operator',
  async arrange(stage) {
    await previewed(stage)
    await stage.phone.tap(`#group-${id}`)
  },
  shows: { selector: ['.row-item'] },
})
async function applied(stage: Stage): Promise<void> {
  await previewed(stage)
  await stage.phone.tap('#apply')
  await stage.phone.tap('#sheet', '#sheet-confirm')
}
const wide = (name: string, arrange: (stage: Stage) => Promise<void>, selector: string): Scene => ({
  name: `portal-list/wide-${name}`,
  as: 'operator',
  async arrange(stage) {
    await arrange(stage)
    await computer(stage)
  },
  shows: { selector: [selector] },
  fold: true,
})
const sheet = (name: string, sub_mchid: string): Scene => ({
  name: `miniprogram-scene/${name}`,
  as: 'operator',
  async arrange(stage) {
    await openMerchant(stage, sub_mchid)
    await stage.phone.tap('#gold-plan-miniprogram')
  },
  shows: { selector: ['#sheet', '#sheet-confirm'] },
  saidOnce: true,
  fold: true,
})

export const portalListScenes: Scene[] = [
  {
    name: 'portal-list/empty',
    as: 'operator',
    async arrange(stage) {
      await fresh(stage)
      await open(stage)
    },
    shows: { selector: ['#incomplete'] },
  },
  { name: 'portal-list/pasted', as: 'operator', arrange: pasted, shows: { selector: ['#preview'] } },
  {
    name: 'portal-list/file',
    as: 'operator',
    async arrange(stage) {
      await fresh(stage)
      await open(stage)
      await stage.world.simulator.phone.set({ chatFile: `点金计划特约商户管理导出（深圳）.csv\n${rows}` })
      stage.afterwards(() => stage.world.simulator.phone.set({ chatFile: '' }))
      await stage.phone.tap('#choose-file')
      await eventually('the file', () => chosen(stage))
      await stage.phone.tap('#when-earlier')
    },
    shows: { selector: ['#date'] },
  },
  {
    name: 'portal-list/payment-code',
    as: 'operator',
    arrange: stage => pasted(stage, '商户号,点金计划\n134567890123456789,已开通'),
    shows: { selector: ['#code-line'] },
  },
  {
    name: 'portal-list/fault',
    as: 'operator',
    async arrange(stage) {
      await pasted(stage, '门店,状态\n科技面馆,好')
      await stage.phone.tap('#preview')
    },
    shows: { selector: ['#fault'] },
  },
  {
    name: 'portal-list/lost',
    as: 'operator',
    async arrange(stage) {
      await pasted(stage)
      stage.cut(/^POST \/v1\/portal-check-lists$/)
      await stage.phone.tap('#preview')
    },
    shows: { selector: ['#unanswered'] },
  },
  {
    name: 'portal-list/offline',
    as: 'operator',
    async arrange(stage) {
      await pasted(stage)
      await stage.offline()
    },
    shows: { selector: ['#locked'] },
  },
  group('differ'),
  group('unknown'),
  group('refused'),
  {
    name: 'portal-list/sheet',
    as: 'operator',
    async arrange(stage) {
      await previewed(stage)
      await stage.phone.tap('#apply')
    },
    shows: { selector: ['#sheet', '#sheet-confirm'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'portal-list/applying',
    as: 'operator',
    async arrange(stage) {
      await previewed(stage)
      stage.hold(/^GET \/v1\/portal-check-lists\/[^/]+$/)
      await stage.phone.tap('#apply')
      await stage.phone.tap('#sheet', '#sheet-confirm')
    },
    shows: { selector: ['#list-applying'] },
    waiting: true,
    fleeting: true,
    fold: true,
  },
  { name: 'portal-list/applied', as: 'operator', arrange: applied, shows: { selector: ['#list-applied'] } },
  { name: 'portal-list/forbidden', as: 'region_lead', arrange: open, shows: { selector: ['#state-forbidden'] } },
  wide('compose', pasted, '#preview'),
  wide('table', previewed, '.table-row'),
  wide('applied', applied, '#list-applied'),
  sheet('open-sheet', '1900000109'),
  sheet('close-sheet', '1900000151'),
  {
    name: 'miniprogram-scene/verify',
    as: 'operator',
    arrange: stage => openMerchant(stage, '1900000151'),
    shows: { selector: ['#gold-plan-miniprogram'] },
  },
]
