// 待同步.
import type { Scene } from '../../scene.ts'
import { openOverHome } from '../steps.ts'
import { begin, fill, outbox, submit } from './steps.ts'

export const queue: Scene[] = [
  { name: 'outbox/empty', as: 'operator', arrange: stage => openOverHome(stage, outbox), shows: { selector: ['#state-empty'] } },
  {
    name: 'outbox/waiting',
    as: 'operator',
    async arrange(stage) {
      await begin(stage, '107')
      await fill(stage)
      await stage.offline()
      await submit(stage)
      await openOverHome(stage, outbox)
    },
    shows: { selector: ['#automatic'] },
  },
  {
    name: 'outbox/failed',
    as: 'region_lead',
    async arrange(stage) {
      await begin(stage, '108')
      await fill(stage)
      // finished on a phone whose clock is an hour ahead
      const offset = stage.world.clock.now().getTime() - Date.now()
      await stage.world.simulator.phone.set({ offline: true, clockOffsetMs: offset + 3_600_000 })
      await submit(stage)
      await stage.phone.find('#sent', '#outcome')
      await stage.world.simulator.phone.set({ offline: false, clockOffsetMs: offset })
      await openOverHome(stage, outbox)
    },
    shows: { selector: ['#mine'] },
  },
  {
    name: 'detail/unsent',
    as: 'field_agent',
    async arrange(stage) {
      await stage.phone.openMerchant('1900000103')
      await begin(stage, '103')
      await fill(stage)
      await stage.offline()
      await submit(stage)
      await stage.phone.find('#sent', '#outcome')
      await stage.phone.openMerchant('1900000103')
    },
    shows: { selector: ['#unsent'] },
  },
  {
    name: 'mine/unsent',
    as: 'operator',
    async arrange(stage) {
      await begin(stage, '104')
      await fill(stage)
      await stage.offline()
      await submit(stage)
      await stage.phone.find('#sent', '#outcome')
      await stage.phone.open('/pages/mine/index', 'switchTab')
    },
    shows: { selector: ['#outbox-note'], reads: '还在这台手机里' },
  },
]
