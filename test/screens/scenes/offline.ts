// What a person sees without a network, over a slow one, on a phone with a wrong clock, and on the way out with work that waits.
import { eventually } from '../../support/eventually.ts'
import { keysOf, leaveWaiting } from '../../support/waiting-work.ts'
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { fresh, openList, openMerchant, openOverHome, searchField } from './steps.ts'

const settings = '/packages/system/settings/index'
const pack = /^GET \/v1\/offline-pack/

async function withPack(stage: Stage): Promise<void> {
  await fresh(stage)
  await stage.phone.tap('#pack-download')
  await stage.phone.gone('#pack')
}
async function withWaiting(stage: Stage, count: number): Promise<void> {
  await withPack(stage)
  await stage.offline()
  await leaveWaiting(stage.phone, count)
  // before the network is back: nothing of it is to be sent
  stage.afterwards(async () => {
    for (const key of (await keysOf(stage.phone)).filter(one => one.includes(':parcel:')))
      await stage.phone.miniProgram.callWxMethod('removeStorageSync', key)
    await stage.restart()
  })
  await stage.restart()
}
const logOut = async (stage: Stage) => {
  await stage.phone.open('/pages/mine/index', 'switchTab')
  await stage.phone.tap('#log-out')
}

export const offline: Scene[] = [
  {
    name: 'mine/absent-sheet',
    as: 'field_agent',
    async arrange(stage) {
      await stage.offline()
      await stage.world.simulator.phone.set({ packages: 'asNeeded' })
      stage.afterwards(async () => {
        await stage.world.simulator.phone.set({ packages: 'here' })
        await stage.restart()
      })
      // as after an update: nothing of a sub-package is on the phone
      await stage.restart()
      await logOut(stage)
    },
    shows: { selector: ['#sheet', '#absent-retry'] },
    saidOnce: true,
  },
  { name: 'home/pack-first', as: 'field_agent', arrange: fresh, shows: { selector: ['#pack-download'] } },
  {
    name: 'home/pack-stopped',
    as: 'field_agent',
    async arrange(stage) {
      await fresh(stage)
      stage.cut(pack)
      await stage.phone.tap('#pack-download')
    },
    shows: { selector: ['#pack-note'], reads: '连不上' },
  },
  {
    name: 'home/offline-opened',
    as: 'field_agent',
    async arrange(stage) {
      await withWaiting(stage, 3)
      await stage.phone.find('#counts')
    },
    shows: { selector: ['#state-offline'], reads: '3 项等待同步' },
  },
  {
    name: 'home/weak',
    as: 'field_agent',
    async arrange(stage) {
      await stage.restart()
      await stage.phone.find('#counts')
      await stage.world.simulator.phone.set({ slow: true })
      stage.afterwards(() => stage.world.simulator.phone.set({ slow: false }))
    },
    shows: { selector: ['#state-weak'] },
  },
  {
    name: 'home/clock',
    as: 'field_agent',
    async arrange(stage) {
      const right = stage.world.clock.now().getTime() - Date.now()
      await stage.world.simulator.phone.set({ clockOffsetMs: right + 12.5 * 60_000 })
      stage.afterwards(async () => {
        await stage.world.simulator.phone.set({ clockOffsetMs: right })
        stage.takeBack()
      })
      await stage.restart()
      await stage.phone.find('#counts')
    },
    shows: { selector: ['#state-clock'], reads: '快了 12 分钟' },
  },
  {
    name: 'merchants/offline-results',
    as: 'field_agent',
    async arrange(stage) {
      await withPack(stage)
      await stage.offline()
      await openList(stage)
      await stage.phone.type('面', ...searchField)
    },
    shows: { selector: ['#state-offline'], reads: '离线结果' },
    fold: true,
  },
  {
    name: 'merchants/offline-none',
    as: 'field_agent',
    async arrange(stage) {
      await withPack(stage)
      await stage.offline()
      await openList(stage)
      await stage.phone.type('没有这家店', ...searchField)
    },
    shows: { selector: ['#state-empty'], reads: '离线包里没有' },
  },
  {
    name: 'merchants/offline-filter',
    as: 'field_agent',
    async arrange(stage) {
      await withPack(stage)
      await openList(stage)
      await stage.offline()
      await stage.phone.tap('#filter')
      await stage.phone.tap('#filters', '#filter-gold_plan-closed')
      await stage.phone.tap('#filters', '#filter-see')
    },
    shows: { selector: ['#state-empty'], reads: '需要联网' },
  },
  {
    name: 'detail/offline-cached',
    as: 'field_agent',
    async arrange(stage) {
      await fresh(stage)
      await openMerchant(stage, '1900000109')
      await stage.offline()
      await stage.restart()
      await openMerchant(stage, '1900000109')
    },
    shows: { selector: ['#state-offline'], reads: '离线 · 更新于' },
  },
  {
    name: 'detail/offline-from-pack',
    as: 'field_agent',
    async arrange(stage) {
      await withPack(stage)
      await stage.offline()
      await openOverHome(stage, '/packages/merchant/detail/index?sub_mchid=1900000108')
    },
    shows: { selector: ['#kept-facts'] },
  },
  {
    name: 'home/locked',
    as: 'field_agent',
    async arrange(stage) {
      await withPack(stage)
      await stage.offline()
      const right = stage.world.clock.now().getTime() - Date.now()
      stage.afterwards(() => stage.world.simulator.phone.set({ clockOffsetMs: right }))
      await stage.world.simulator.phone.set({ clockOffsetMs: right + 8 * 86_400_000 })
      await stage.restart()
    },
    shows: { selector: ['#state-locked'] },
  },
  {
    name: 'settings/pack',
    as: 'field_agent',
    async arrange(stage) {
      await withPack(stage)
      await openOverHome(stage, settings)
    },
    shows: { selector: ['#pack-line'], reads: '刚刚更新' },
  },
  {
    name: 'settings/pack-offline',
    as: 'field_agent',
    async arrange(stage) {
      await withPack(stage)
      await openOverHome(stage, settings)
      await stage.offline()
    },
    shows: { selector: ['#pack-refresh'], reads: '需要联网' },
  },
  {
    name: 'settings/pack-failed',
    as: 'field_agent',
    async arrange(stage) {
      await withPack(stage)
      stage.cut(pack)
      await openOverHome(stage, settings)
      await stage.phone.tap('#pack-refresh')
    },
    shows: { selector: ['#pack-problem'] },
  },
  {
    name: 'settings/pack-remove',
    as: 'field_agent',
    async arrange(stage) {
      await withPack(stage)
      await openOverHome(stage, settings)
      await stage.phone.tap('#pack-remove')
    },
    shows: { selector: ['#remove-sheet', '#sheet-confirm'] },
    saidOnce: true,
  },
  {
    name: 'mine/log-out-unsent',
    as: 'field_agent',
    async arrange(stage) {
      await withWaiting(stage, 2)
      await logOut(stage)
    },
    shows: { selector: ['#sheet'], reads: '还有 2 项没有同步' },
    // the sheet is gone when the person comes back
    fleeting: true,
    saidOnce: true,
  },
  {
    name: 'mine/log-out-stuck',
    as: 'field_agent',
    async arrange(stage) {
      await withWaiting(stage, 2)
      await logOut(stage)
      await stage.phone.tap('#sheet', '#sheet-confirm')
      await eventually('what stands in the way', async () => (await stage.phone.text('#sheet')).includes('发不出去'))
    },
    shows: { selector: ['#sheet'], reads: '现在没有网络' },
    fleeting: true,
  },
]
