// 拜访记录.
import { randomUUID } from 'node:crypto'
import type { Scene } from '../../scene.ts'
import type { Stage } from '../../stage.ts'
import { pageStates } from '../page-states.ts'
import { openOverHome } from '../steps.ts'
import { record, visit } from './steps.ts'

/** It waits for a review again when the scene is over. */
function putBack(stage: Stage, nth: number): void {
  const id = `'${visit(nth)}'`
  stage.afterwards(() =>
    stage.world.asOwner(`delete from visit_reviews where visit_id = ${id}; update visits set status = 'submitted' where id = ${id}`),
  )
}

export const reading: Scene[] = [
  { name: 'visit-detail/to-review', as: 'region_lead', arrange: stage => openOverHome(stage, record(1)), shows: { selector: ['#accept'] } },
  {
    name: 'visit-detail/return-sheet',
    as: 'region_lead',
    async arrange(stage) {
      await openOverHome(stage, record(1))
      await stage.phone.tap('#return')
    },
    shows: { selector: ['#sheet', '#sheet-confirm'] },
    saidOnce: true,
    fold: true,
  },
  {
    name: 'visit-detail/offline',
    as: 'region_lead',
    async arrange(stage) {
      await openOverHome(stage, record(1))
      await stage.phone.find('#accept')
      await stage.offline()
    },
    shows: { selector: ['#locked'] },
    fold: true,
  },
  {
    name: 'visit-detail/returned',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, record(2)),
    shows: { selector: ['#continue'] },
  },
  { name: 'visit-detail/accepted', as: 'field_agent', arrange: stage => openOverHome(stage, record(4)), shows: { selector: ['#reviews'] } },
  {
    name: 'visit-detail/forbidden',
    as: 'field_agent',
    arrange: stage => openOverHome(stage, `/packages/visit/detail/index?visit_id=${randomUUID()}`),
    shows: { selector: ['#state-forbidden'] },
  },
  ...pageStates({
    name: 'visit-detail',
    as: 'field_agent',
    url: record(4),
    asked: /^GET \/v1\/visits\/[^?]+$/,
    states: ['error', 'skeleton'],
  }),
  {
    name: 'visit-detail/next-review',
    as: 'operator',
    async arrange(stage) {
      putBack(stage, 5)
      await stage.restart()
      await stage.phone.tap('#to-review')
      await stage.phone.tap(`#visit-${visit(5)}`)
      await stage.phone.tap('#accept')
    },
    shows: { selector: ['#next-review'] },
    fold: true,
  },
  {
    name: 'visit-detail/overtaken',
    as: 'region_lead',
    async arrange(stage) {
      await openOverHome(stage, record(1))
      await stage.phone.find('#accept')
      putBack(stage, 1)
      const decided = { result: 'returned', comment: '缺少照片' }
      await stage.world.request('operator', 'POST', `/v1/visits/${visit(1)}/review`, decided, { 'idempotency-key': randomUUID() })
      await stage.phone.tap('#accept')
    },
    shows: { selector: ['#overtaken'] },
    fold: true,
  },
]
