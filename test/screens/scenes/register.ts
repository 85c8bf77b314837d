// AppID 登记 and 检查表 in each of their states.
import { randomUUID } from 'node:crypto'
import type { ChecklistDraft } from '../../../typings/api.ts'
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { pageStates } from './page-states.ts'
import { computer, fresh, openOverHome } from './steps.ts'

const appids = '/packages/manage/appids/index'
const template = '/packages/manage/checklist-template/index'
const preview = '/packages/visit/preview/index'
const asked = /^GET \/v1\/appids/
const draftAsked = /^GET \/v1\/checklist-templates\/draft/

/** An order that was paid with an appid that nobody entered. */
async function withMissing(stage: Stage): Promise<void> {
  const answer = await stage.world.request(
    'operator',
    'POST',
    '/v1/sub-merchants/1900000104/order-queries',
    { out_trade_no: 'demo-unknownapp-1900000104' },
    { 'idempotency-key': randomUUID() },
  )
  if (!answer.ok) throw new Error(`the order was not asked for: ${answer.status}`)
  await openOverHome(stage, appids)
}
async function paste(stage: Stage): Promise<void> {
  await openOverHome(stage, `${appids}?do=paste`)
  await stage.phone.type(
    'wxe111111111111111 公众号 1900000109 面馆二号\nwx5e0a7f2b4c000006 小程序\nwxe222222222222222\n没有号',
    '#paste-text',
  )
  await stage.phone.tap('#look')
}
/** What somebody else has made of the draft. */
async function withDraft(stage: Stage, change: (draft: ChecklistDraft['content']) => ChecklistDraft['content']): Promise<void> {
  const { version, content } = (await (await stage.world.request('admin', 'GET', '/v1/checklist-templates/draft')).json()) as ChecklistDraft
  const headers = { 'if-match': `"${version}"`, 'idempotency-key': randomUUID() }
  const saved = await stage.world.request('admin', 'PUT', '/v1/checklist-templates/draft', change(content), headers)
  if (!saved.ok) throw new Error(`the draft was not saved: ${saved.status} ${await saved.text()}`)
}
const changed = (content: ChecklistDraft['content']): ChecklistDraft['content'] => ({
  ...content,
  items: content.items.map(item => (item.id === 'A4' ? { ...item, label_zh: '已说明来意，商户同意' } : item)),
})
const faulty = (content: ChecklistDraft['content']): ChecklistDraft['content'] => ({
  ...content,
  items: content.items.filter(({ id }) => id !== 'B2'),
})
const whole = async (stage: Stage): Promise<void> => {
  const { version } = (await (await stage.world.request('admin', 'GET', '/v1/checklist-templates/draft')).json()) as ChecklistDraft
  await stage.world.request('admin', 'DELETE', '/v1/checklist-templates/draft', undefined, {
    'if-match': `"${version}"`,
    'idempotency-key': randomUUID(),
  })
}
async function openDraft(stage: Stage, change: typeof changed, url = template): Promise<void> {
  await withDraft(stage, change)
  stage.afterwards(() => whole(stage))
  await openOverHome(stage, url)
}

export const registerScenes: Scene[] = [
  { name: 'appids/list', as: 'admin', arrange: withMissing, shows: { selector: ['#entries'] } },
  {
    name: 'appids/read-only',
    as: 'operator',
    arrange: stage => openOverHome(stage, appids),
    shows: { selector: ['#read-only'] },
    fold: true,
  },
  {
    name: 'appids/entry',
    as: 'admin',
    arrange: stage => openOverHome(stage, `${appids}?appid=wx2b7d4c9e1f000003`),
    shows: { selector: ['#field-owner'] },
  },
  {
    name: 'appids/ended',
    as: 'admin',
    arrange: stage => openOverHome(stage, `${appids}?appid=wx4d9f6e1a3b000005`),
    shows: { selector: ['#use-again'] },
  },
  {
    name: 'appids/faults',
    as: 'admin',
    async arrange(stage) {
      await openOverHome(stage, `${appids}?do=add`)
      await stage.phone.tap('#save')
    },
    shows: { selector: ['#fault-appid'] },
  },
  { name: 'appids/paste', as: 'admin', arrange: paste, shows: { selector: ['#refused'] } },
  {
    name: 'appids/none-found',
    as: 'admin',
    async arrange(stage) {
      await openOverHome(stage, appids)
      await stage.phone.type('没有这个', '#search', 'van-search', 'van-field', 'input')
    },
    shows: { selector: ['#state-empty'] },
  },
  ...pageStates({ name: 'appids', as: 'admin', url: appids, asked }),
  {
    name: 'appids/wide',
    as: 'admin',
    async arrange(stage) {
      await openOverHome(stage, appids)
      await computer(stage)
      await stage.phone.tap('#entry-wx2b7d4c9e1f000003')
    },
    shows: { selector: ['#field-owner'] },
    fold: true,
  },
  { name: 'checklist-template/items', as: 'admin', arrange: stage => openDraft(stage, changed), shows: { selector: ['#changes'] } },
  {
    name: 'checklist-template/faults',
    as: 'admin',
    arrange: stage => openDraft(stage, faulty),
    shows: { selector: ['#faults'] },
    fold: true,
  },
  {
    name: 'checklist-template/item',
    as: 'admin',
    arrange: stage => openDraft(stage, changed, `${template}?change=B2`),
    shows: { selector: ['#if-always'] },
  },
  {
    name: 'checklist-template/new-item',
    as: 'admin',
    async arrange(stage) {
      await openDraft(stage, changed, `${template}?add=F`)
      await stage.phone.tap('#type-single')
      await stage.phone.tap('#option-add')
      await stage.phone.tap('#save')
    },
    shows: { selector: ['#fault-label'] },
  },
  {
    name: 'checklist-template/publish-sheet',
    as: 'admin',
    async arrange(stage) {
      await openDraft(stage, changed)
      await stage.phone.tap('#publish')
    },
    shows: { selector: ['#sheet', '#sheet-confirm'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'checklist-template/conflict',
    as: 'admin',
    async arrange(stage) {
      await openDraft(stage, content => content, `${template}?change=A4`)
      await stage.phone.find('#label-zh')
      await withDraft(stage, changed)
      await stage.phone.type('征得商户同意', '#label-zh')
      await stage.phone.tap('#save')
    },
    shows: { selector: ['#conflict'] },
    fleeting: true,
    fold: true,
  },
  {
    name: 'checklist-template/versions',
    as: 'admin',
    async arrange(stage) {
      await openOverHome(stage, template)
      await stage.phone.tap('#part-versions')
    },
    shows: { selector: ['#version-1'] },
  },
  ...pageStates({ name: 'checklist-template', as: 'admin', url: template, asked: draftAsked, states: ['error'], begin: fresh }),
  {
    name: 'checklist-template/forbidden',
    as: 'operator',
    arrange: stage => openOverHome(stage, template),
    shows: { selector: ['#state-forbidden'] },
  },
  {
    name: 'checklist-template/wide',
    as: 'admin',
    async arrange(stage) {
      await openDraft(stage, faulty)
      await computer(stage)
      await stage.phone.tap('#edit-B3')
    },
    shows: { selector: ['#if-always'] },
    fold: true,
  },
  {
    name: 'checklist-preview/draft',
    as: 'admin',
    arrange: stage => openOverHome(stage, `${preview}?of=draft`),
    shows: { selector: ['#preview-note'] },
    fold: true,
  },
]
