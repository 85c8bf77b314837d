// 导出 in each of its states.
import { randomUUID } from 'node:crypto'
import type { Role } from '../../../backend/http/schema.ts'
import type { Scene } from '../scene.ts'
import type { Stage } from '../stage.ts'
import { pageStates } from './page-states.ts'
import { computer, openOverHome } from './steps.ts'

const page = '/packages/manage/exports/index'

async function withFile(stage: Stage, as: Role, url: string): Promise<void> {
  const body = { kind: 'merchants', format: 'xlsx', filter: { state: 'regressed' } }
  const answer = await stage.world.request(as, 'POST', '/v1/exports', body, { 'idempotency-key': randomUUID() })
  if (!answer.ok) throw new Error(`the export was not taken: ${answer.status} ${await answer.text()}`)
  await openOverHome(stage, url)
  await stage.phone.reads(/做好了|Ready/, '#files')
}

export const exportScenes: Scene[] = [
  {
    name: 'exports/new',
    as: 'operator',
    arrange: stage => openOverHome(stage, `${page}?kind=merchants&state=regressed`),
    shows: { selector: ['#new'] },
  },
  { name: 'exports/files', as: 'operator', arrange: stage => withFile(stage, 'operator', page), shows: { selector: ['.fetch'] } },
  {
    name: 'exports/wide',
    as: 'operator',
    async arrange(stage) {
      await withFile(stage, 'operator', `${page}?kind=merchants`)
      await computer(stage)
    },
    shows: { selector: ['.fetch'] },
  },
  { name: 'exports/empty', as: 'admin', arrange: stage => openOverHome(stage, page), shows: { selector: ['#state-empty'] } },
  ...pageStates({ name: 'exports', as: 'operator', url: page, asked: /^GET \/v1\/exports$/, states: ['error', 'skeleton'] }),
]
