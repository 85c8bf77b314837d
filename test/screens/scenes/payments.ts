// 收款分析 of a shop, its card for the owner, and 地区收款, in each of their states.
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { pageStates } from './page-states.ts'
import { computer, openMerchant, openOverHome } from './steps.ts'

const ofShop = (sub_mchid: string) => `/packages/merchant/payments/index?sub_mchid=${sub_mchid}`
const opening = (sub_mchid: string) => (stage: Stage) => openOverHome(stage, ofShop(sub_mchid))
const districts = '/packages/manage/payments/index'

const shop: Scene[] = [
  { name: 'payments/nothing-follows', as: 'operator', arrange: opening('1900000109'), shows: { selector: ['#no-suggestions'] } },
  { name: 'payments/lunch', as: 'field_agent', arrange: opening('1900000120'), shows: { selector: ['#suggestion-lunch'] } },
  {
    name: 'payments/lunch-wide',
    as: 'field_agent',
    async arrange(stage) {
      await computer(stage)
      await openOverHome(stage, ofShop('1900000120'))
    },
    shows: { selector: ['#suggestion-lunch'] },
  },
  { name: 'payments/quiet', as: 'operator', arrange: opening('1900000121'), shows: { selector: ['#suggestion-quiet'] } },
  { name: 'payments/stays', as: 'operator', arrange: opening('1900000126'), shows: { selector: ['#suggestion-stays'] } },
  { name: 'payments/few-loads', as: 'operator', arrange: opening('1900000117'), shows: { selector: ['#suggestion-loads'] } },
  {
    name: 'payments/table',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, ofShop('1900000121'))
      await stage.phone.tap('#mode-table')
    },
    shows: { selector: ['#table-week'] },
  },
  { name: 'payments/calm', as: 'operator', arrange: opening('1900000122'), shows: { selector: ['#joined'] } },
  {
    name: 'payments/calm-table',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, ofShop('1900000122'))
      await stage.phone.tap('#mode-table')
    },
    shows: { selector: ['#table-week'] },
  },
  { name: 'payments/few', as: 'operator', arrange: opening('1900000118'), shows: { selector: ['#state-few'] } },
  {
    name: 'payments/offline-kept',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, ofShop('1900000121'))
      await stage.phone.find('#finding')
      await stage.phone.open('/pages/home/index', 'switchTab')
      await stage.offline()
      await openOverHome(stage, ofShop('1900000121'))
    },
    shows: { selector: ['#stale'] },
    saidOnce: true,
  },
  ...pageStates({
    name: 'payments',
    as: 'operator',
    url: ofShop('1900000131'),
    asked: /GET \/v1\/sub-merchants\/\d+\/payments/,
    states: ['error', 'skeleton'],
  }),
  {
    name: 'payments/on-merchant-page',
    as: 'operator',
    arrange: stage => openMerchant(stage, '1900000121'),
    shows: { selector: ['#more-payments'] },
  },
  {
    name: 'payments/for-the-owner',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, ofShop('1900000121'))
      await stage.phone.tap('#to-owner')
      await stage.phone.at('packages/merchant/explain/index')
    },
    shows: { selector: ['#hours'] },
  },
]

const regions: Scene[] = [
  {
    name: 'region-payments/plots',
    as: 'region_lead',
    arrange: stage => openOverHome(stage, districts),
    shows: { selector: ['#plot-hours'] },
  },
  {
    name: 'region-payments/table',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, districts)
      await stage.phone.tap('#mode-table')
    },
    shows: { selector: ['#table-days'] },
  },
  {
    name: 'region-payments/wide',
    as: 'operator',
    async arrange(stage) {
      await openOverHome(stage, districts)
      await computer(stage)
    },
    shows: { selector: ['#plot-hours'] },
    saidOnce: true,
    fold: true,
  },
  ...pageStates({ name: 'region-payments', as: 'operator', url: districts, asked: /GET \/v1\/metrics\/payments/ }),
  {
    name: 'region-payments/forbidden',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, districts),
    shows: { selector: ['#state-forbidden'] },
  },
]

export const paymentScenes: Scene[] = [...shop, ...regions]
