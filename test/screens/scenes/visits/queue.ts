// 待同步. What waits here is sent when the scene is over, and says that no web page opens: each shop of it is shown by no other scene.
import type { Scene } from '../../scene.ts'
import { openOverHome } from '../steps.ts'
import { begin, fill, outbox, submit } from './steps.ts'

export const queue: Scene[] = [
  { name: 'outbox/empty', as: 'operator', arrange: stage => openOverHome(stage, outbox), shows: { selector: ['#state-empty'] } },
  {
    name: 'outbox/waiting',
    as: 'operator',
    async arrange(stage) {
      await begin(stage, '142')
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
      await begin(stage, '141')
      await fill(stage)
      // finished on a phone whose clock is an hour ahead
      const offset = stage.world.clock.now().getTime() - Date.now()
      const put = () => stage.world.simulator.phone.set({ offline: false, clockOffsetMs: offset })
      stage.afterwards(put)
      await stage.world.simulator.phone.set({ offline: true, clockOffsetMs: offset + 3_600_000 })
      await submit(stage)
      await stage.phone.find('#sent', '#outcome')
      await put()
      await openOverHome(stage, outbox)
    },
    shows: { selector: ['#mine'] },
  },
  {
    name: 'detail/unsent',
    as: 'field_agent',
    async arrange(stage) {
      await stage.phone.openMerchant('1900000154')
      await begin(stage, '154')
      await fill(stage)
      await stage.offline()
      await submit(stage)
      await stage.phone.find('#sent', '#outcome')
      await stage.phone.openMerchant('1900000154')
    },
    shows: { selector: ['#unsent'] },
  },
  {
    name: 'mine/unsent',
    as: 'operator',
    async arrange(stage) {
      await begin(stage, '145')
      await fill(stage)
      await stage.offline()
      await submit(stage)
      await stage.phone.find('#sent', '#outcome')
      await stage.phone.open('/pages/mine/index', 'switchTab')
    },
    shows: { selector: ['#outbox-note'], reads: '还在这台手机里' },
  },
]
