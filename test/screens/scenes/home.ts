import { byRole } from '../../../dev/demo/organisation.ts'
import { keysOf } from '../../support/waiting-work.ts'
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { fresh, openMerchant, whileRederiving } from './steps.ts'

/** A region without merchants: nothing to do first, nothing to find. */
export async function withoutMerchants(stage: Stage): Promise<void> {
  const { id, region_codes } = byRole('region_lead')
  const work = (codes: readonly string[]) =>
    stage.world.database
      .updateTable('staff')
      .set({ region_codes: [...codes] })
      .where('id', '=', id)
      .execute()
  await work(['810000'])
  stage.afterwards(() => work(region_codes))
}

const numbers = /^GET \/v1\/summary/

export const home: Scene[] = [
  {
    name: 'home/first',
    as: 'field_agent',
    async arrange(stage) {
      for (const sub_mchid of ['1900000108', '1900000140', '1900000128', '1900000109']) await openMerchant(stage, sub_mchid)
      await stage.phone.open('/pages/home/index', 'switchTab')
    },
    shows: { selector: ['#first'] },
  },
  { name: 'home/many', as: 'operator', arrange: stage => stage.restart(), shows: { selector: ['#counts'] } },
  {
    name: 'home/reviews',
    as: 'region_lead',
    arrange: stage => stage.restart(),
    shows: { selector: ['#to-review'] },
  },
  { name: 'home/admin', as: 'admin', arrange: stage => stage.restart(), shows: { selector: ['#staff'] } },
  {
    name: 'home/rederiving',
    as: 'operator',
    async arrange(stage) {
      await whileRederiving(stage, async () => {
        await stage.restart()
        await stage.phone.find('#rederiving')
      })
    },
    shows: { selector: ['#rederiving'], reads: '重新判断' },
    // whoever comes back to the page asks anew, and it may be over by then
    fleeting: true,
  },
  {
    name: 'home/empty',
    as: 'region_lead',
    async arrange(stage) {
      await withoutMerchants(stage)
      await stage.restart()
    },
    shows: { selector: ['#state-empty'] },
  },
  {
    name: 'home/skeleton',
    as: 'field_agent',
    async arrange(stage) {
      stage.hold(numbers)
      await fresh(stage)
    },
    shows: { selector: ['#state-skeleton'] },
    fleeting: true,
    waiting: true,
  },
  {
    name: 'home/slow',
    as: 'field_agent',
    async arrange(stage) {
      stage.hold(numbers)
      await fresh(stage)
    },
    shows: { selector: ['#state-skeleton'], reads: '网络较慢' },
    fleeting: true,
    waiting: true,
  },
  {
    name: 'home/error',
    as: 'field_agent',
    async arrange(stage) {
      stage.cut(numbers)
      await fresh(stage)
    },
    shows: { selector: ['#state-error'] },
  },
  {
    name: 'home/offline',
    as: 'field_agent',
    async arrange(stage) {
      await stage.restart()
      await stage.phone.find('#first')
      await stage.offline()
    },
    shows: { selector: ['#state-offline'] },
  },
  {
    name: 'home/offline-nothing',
    as: 'field_agent',
    async arrange(stage) {
      const keys = await keysOf(stage.phone)
      for (const key of keys.filter(one => one.endsWith(':summary'))) await stage.phone.miniProgram.callWxMethod('removeStorageSync', key)
      await stage.offline()
      await stage.restart()
    },
    shows: { selector: ['#state-offline'] },
  },
]
