// 问微信支付, 检查小票链接, 小票加载: each page in each of its states, and the ways to them.
import { sql } from 'kysely'
import { provider } from '../../../dev/demo/organisation.ts'
import { dayOf } from '../../../backend/http/days.ts'
import { readySteps } from '../../../backend/receipts/steps.ts'
import { page } from '../../backend/link-check/zoo.ts'
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { pageStates } from './page-states.ts'
import { openMerchant, openOverHome } from './steps.ts'

const { sp_mchid } = provider
const urlOf = (name: string, sub_mchid: string) => `/packages/merchant/${name}/index?sub_mchid=${sub_mchid}`
const opening = (name: string, sub_mchid: string) => (stage: Stage) => openOverHome(stage, urlOf(name, sub_mchid))

async function lookUp(stage: Stage, order: string, sub_mchid = '1900000109'): Promise<void> {
  await openOverHome(stage, urlOf('order-query', sub_mchid))
  await stage.phone.type(order, '#number')
  await stage.phone.tap('#ask')
}

async function check(stage: Stage, answer: ReturnType<typeof page>, sub_mchid = '1900000125'): Promise<void> {
  stage.world.receiptSite.answer(answer)
  await openOverHome(stage, urlOf('link-check', sub_mchid))
  await stage.phone.tap('#check')
}

/** Thirty days at one shop, the last of them slow and with wrong codes. */
async function badMonth(stage: Stage, sub_mchid: string): Promise<void> {
  const rows = Array.from({ length: 30 }, (_, ago) => {
    const loads = 30 + ((ago * 37) % 90)
    const late = ago < 3 ? Math.round(loads / 4) : 0
    const steps = readySteps.map(end => (end === 500 ? loads - late : end === 4_000 ? late : 0))
    const row = { sp_mchid, sub_mchid, day: dayOf(new Date(stage.world.clock.now().getTime() - ago * 86_400_000)) }
    return [
      { ...row, result: 'valid' as const, loads, shown: loads - late, ready_steps: [...steps, 0] },
      { ...row, result: 'source_failed' as const, loads: ago < 3 ? 12 : 1, shown: 0, ready_steps: [] },
    ]
  }).flat()
  await stage.world.database
    .insertInto('receipt_load_days')
    .values(rows)
    .onConflict(conflict => conflict.columns(['sp_mchid', 'sub_mchid', 'day', 'result']).doUpdateSet({ loads: sql`excluded.loads` }))
    .execute()
}

const orders: Scene[] = [
  { name: 'order-query/first', as: 'operator', arrange: opening('order-query', '1900000109'), shows: { selector: ['#scan'] } },
  {
    name: 'order-query/typed',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, urlOf('order-query', '1900000109'))
      await stage.phone.type('1217752501201407033233368018', '#number')
    },
    shows: { selector: ['#ask'] },
  },
  ...(['jsapi', 'miniprogram', 'native', 'unknownapp', 'refunded'] as const).map<Scene>(kind => ({
    name: `order-query/${kind}`,
    as: 'operator',
    arrange: stage => lookUp(stage, `demo-${kind}-1900000109`),
    shows: { selector: ['#result'] },
  })),
  {
    name: 'order-query/not-found',
    as: 'operator',
    arrange: stage => lookUp(stage, 'never-seen-000001'),
    shows: { selector: ['#refused'] },
  },
  {
    name: 'order-query/payment-code',
    as: 'operator',
    arrange: async stage => {
      await openOverHome(stage, urlOf('order-query', '1900000109'))
      await stage.phone.type('134567890123456789', '#number')
    },
    shows: { selector: ['#scan-sheet', '#scan-payment_code'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'order-query/lost',
    as: 'operator',
    async arrange(stage) {
      stage.cut(/order-queries/)
      await lookUp(stage, 'demo-jsapi-1900000109')
    },
    shows: { selector: ['#unsure'] },
  },
  {
    name: 'order-query/offline',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, urlOf('order-query', '1900000109'))
      await stage.offline()
    },
    shows: { selector: ['#locked'] },
  },
  {
    name: 'order-query/forbidden',
    as: 'auditor',
    arrange: opening('order-query', '1900000109'),
    shows: { selector: ['#state-forbidden'] },
  },
]

const bad = page('<!doctype html><script>parent.postMessage("jumpOut")</script>', { 'x-frame-options': 'DENY' })
const links: Scene[] = [
  { name: 'link-check/first', as: 'operator', arrange: opening('link-check', '1900000125'), shows: { selector: ['#check'] } },
  { name: 'link-check/bad', as: 'operator', arrange: stage => check(stage, bad), shows: { selector: ['#result'] } },
  { name: 'link-check/good', as: 'operator', arrange: stage => check(stage, page()), shows: { selector: ['#result'] } },
  {
    name: 'link-check/not-html',
    as: 'operator',
    arrange: stage => check(stage, page('{}', { 'content-type': 'application/json' })),
    shows: { selector: ['#result'] },
  },
  {
    name: 'link-check/refused',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, urlOf('link-check', '1900000125'))
      await stage.phone.type('https://evil.example.net/receipt', '#url')
      await stage.phone.tap('#check')
    },
    shows: { selector: ['#refused'] },
  },
  {
    name: 'link-check/checking',
    as: 'operator',
    async arrange(stage) {
      stage.hold(/link-checks/)
      await openOverHome(stage, urlOf('link-check', '1900000125'))
      await stage.phone.tap('#check')
    },
    shows: { selector: ['#checking'] },
    fleeting: true,
    waiting: true,
  },
  {
    name: 'link-check/offline',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, urlOf('link-check', '1900000125'))
      await stage.offline()
    },
    shows: { selector: ['#locked'] },
  },
  { name: 'link-check/forbidden', as: 'auditor', arrange: opening('link-check', '1900000125'), shows: { selector: ['#state-forbidden'] } },
]

const loads: Scene[] = [
  { name: 'receipt-health/week', as: 'operator', arrange: opening('receipt-health', '1900000109'), shows: { selector: ['#health'] } },
  {
    name: 'receipt-health/bad-month',
    as: 'operator',
    async arrange(stage) {
      await badMonth(stage, '1900000163')
      await openOverHome(stage, urlOf('receipt-health', '1900000163'))
      await stage.phone.find('#health')
      await stage.phone.tap('#range-30')
      await stage.phone.tap('#table-toggle')
    },
    shows: { selector: ['#table'] },
  },
  { name: 'receipt-health/none', as: 'operator', arrange: opening('receipt-health', '1900000101'), shows: { selector: ['#state-empty'] } },
  {
    name: 'receipt-health/all',
    as: 'operator',
    arrange: stage => openOverHome(stage, '/packages/merchant/receipt-health/index'),
    shows: { selector: ['#metrics'] },
    fold: true,
  },
  ...pageStates({ name: 'receipt-health', as: 'operator', url: urlOf('receipt-health', '1900000109'), asked: /receipt-health/ }),
  {
    name: 'receipt-health/forbidden',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, '/packages/merchant/receipt-health/index'),
    shows: { selector: ['#state-forbidden'] },
  },
  {
    name: 'receipt-health/on-merchant-page',
    as: 'operator',
    arrange: stage => openMerchant(stage, '1900000125'),
    shows: { selector: ['#receipt-health'] },
  },
]

export const receiptScenes: Scene[] = [...orders, ...links, ...loads]
