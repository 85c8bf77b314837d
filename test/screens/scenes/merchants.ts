import type { Scene } from '../scene.ts'
import { withoutMerchants } from './home.ts'
import { eventually } from '../../support/eventually.ts'
import { anyList, fresh, openList, scrollToEnd, search, searchField } from './steps.ts'

const found = { selector: ['#footer'] }

export const merchants: Scene[] = [
  { name: 'merchants/list', as: 'operator', arrange: openList, shows: found, fold: true },
  {
    name: 'merchants/search',
    as: 'operator',
    arrange: stage => search(stage, '面馆'),
    shows: { selector: ['#count'], reads: /共 \d{1,3} 家/ },
    fold: true,
  },
  {
    name: 'merchants/recent-searches',
    as: 'operator',
    async arrange(stage) {
      await search(stage, 'kjmg')
      await stage.phone.reads(/共 \d{1,2} 家/, '#count')
      await stage.phone.tap('.merchant-row')
      await stage.phone.at('packages/merchant/detail/index')
      await stage.phone.back()
      await stage.phone.at('pages/merchants/index')
      await stage.phone.type('', ...searchField)
      await stage.phone.open('/pages/home/index', 'switchTab')
      await stage.phone.tap('#find')
    },
    shows: { selector: ['#searches'], reads: 'kjmg' },
    fleeting: true,
    fold: true,
  },
  {
    name: 'merchants/filtered',
    as: 'operator',
    async arrange(stage) {
      await openList(stage)
      await stage.phone.tap('#chip-regressed')
      await stage.phone.tap('#chip-blocked')
    },
    shows: found,
    fold: true,
  },
  {
    name: 'merchants/end',
    as: 'operator',
    arrange: stage => search(stage, '科技面馆'),
    shows: { selector: ['#footer'], reads: '没有更多' },
  },
  {
    name: 'merchants/long-name',
    as: 'operator',
    arrange: stage => search(stage, '1900000140'),
    shows: { selector: ['#count'], reads: /共 1 家/ },
  },
  {
    name: 'merchants/odd-name',
    as: 'operator',
    arrange: stage => search(stage, '好吃'),
    shows: { selector: ['#footer'], reads: '没有更多' },
  },
  { name: 'merchants/none', as: 'operator', arrange: stage => search(stage, '没有这家店'), shows: { selector: ['#state-empty'] } },
  {
    name: 'merchants/none-filtered',
    as: 'field_agent',
    async arrange(stage) {
      await openList(stage)
      await stage.phone.tap('#chip-blocked')
      await stage.phone.type('馄饨', ...searchField)
    },
    shows: { selector: ['#state-empty'] },
  },
  {
    name: 'merchants/none-at-all',
    as: 'region_lead',
    async arrange(stage) {
      await withoutMerchants(stage)
      await openList(stage)
    },
    shows: { selector: ['#state-empty'] },
  },
  {
    name: 'merchants/payment-code',
    as: 'operator',
    arrange: stage => search(stage, '134567890123456789'),
    shows: { selector: ['#payment-code'] },
    fold: true,
  },
  {
    name: 'merchants/skeleton',
    as: 'field_agent',
    async arrange(stage) {
      await stage.restart()
      stage.hold(anyList)
      await stage.phone.open('/pages/merchants/index', 'switchTab')
    },
    shows: { selector: ['#state-skeleton'] },
    fleeting: true,
    waiting: true,
  },
  {
    name: 'merchants/slow',
    as: 'field_agent',
    async arrange(stage) {
      await fresh(stage)
      stage.hold(anyList)
      await stage.phone.open('/pages/merchants/index', 'switchTab')
    },
    shows: { selector: ['#state-skeleton'], reads: '网络较慢' },
    fleeting: true,
    waiting: true,
  },
  {
    name: 'merchants/error',
    as: 'field_agent',
    async arrange(stage) {
      stage.cut(anyList)
      await openList(stage)
    },
    shows: { selector: ['#state-error'] },
  },
  {
    name: 'merchants/more-failed',
    as: 'operator',
    async arrange(stage) {
      await openList(stage)
      // the end of a page is known when all of it is drawn, a portion after the other
      await eventually('a whole page', async () => (await (await stage.phone.page()).$$('.merchant-row')).length === 20)
      stage.cut(/^GET \/v1\/sub-merchants\?.*cursor=/)
      await scrollToEnd(stage)
    },
    shows: { selector: ['#footer'], reads: /失败|重试/ },
    fleeting: true,
    fold: true,
  },
  {
    name: 'merchants/offline',
    as: 'field_agent',
    async arrange(stage) {
      await openList(stage)
      await stage.phone.find('#footer')
      await stage.offline()
    },
    shows: { selector: ['#state-offline'] },
    fold: true,
  },
  {
    name: 'merchants/offline-nothing',
    as: 'field_agent',
    async arrange(stage) {
      await stage.restart()
      await stage.offline()
      await stage.phone.open('/pages/merchants/index', 'switchTab')
    },
    shows: { selector: ['#state-offline'] },
  },
]
