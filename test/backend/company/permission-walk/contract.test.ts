// Every endpoint of the contract has to be walked, a new one too; and before anybody is known, none of them says anything.
import { actions } from '../../../../backend/http/schema.ts'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { hashToken } from '../../../../backend/company/sessions/secrets.ts'
import { ofFieldWork } from './field-work.ts'
import { everyRole, rules } from './table.ts'
import { ask, backend, newToken, ofMerchant, startWalk } from './world.ts'

const everyQuestion = [...ofMerchant, ...ofFieldWork]

beforeAll(startWalk)
afterAll(() => backend.close())

const document = JSON.parse(readFileSync(new URL('../../../../backend/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, object>
}
const contract = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.keys(operations).map(method => `${method.toUpperCase()} ${path}`),
)
/** Before anybody is known; a photo's file by a signed link. */
const open = ['POST /v1/sessions', 'POST /v1/staff-bindings', 'GET /v1/photos/{photo_id}/file']
/** Walked one by one, in shops.test.ts and desk.test.ts. */
const beside = [
  'GET /v1/metrics/receipts',
  'GET /v1/metrics/dashboard',
  'GET /v1/metrics/payments',
  'GET /v1/rebates',
  'GET /v1/rebates/{sp_mchid}/{month}',
  'POST /v1/exports',
  'GET /v1/exports',
  'GET /v1/exports/{export_id}',
  'POST /v1/exports/{export_id}/cancellation',
  'GET /v1/exports/{export_id}/file',
  'GET /v1/unlisted-merchants',
  'POST /v1/unlisted-merchants/{sub_mchid}',
  'PUT /v1/unlisted-merchants/{sub_mchid}/dismissal',
  'GET /v1/visit-plan',
  'GET /v1/visit-plan/stops',
  'POST /v1/visit-plan/publication',
  'GET /v1/sub-merchants',
  'GET /v1/summary',
  // of one's own, whoever asks
  'GET /v1/notices',
  'POST /v1/notices/read',
  'GET /v1/message-subscriptions',
  'POST /v1/message-subscriptions',
  'GET /v1/audit-entries',
  'POST /v1/change-requests',
  'GET /v1/change-requests',
  'GET /v1/change-requests/{request_id}',
  'POST /v1/change-requests/{request_id}/decision',
  'POST /v1/change-requests/{request_id}/cancellation',
  'POST /v1/scan-resolutions',
  'GET /v1/industries',
  'GET /v1/regions',
  'GET /v1/offline-pack',
  'GET /v1/operations/{key}',
  'GET /v1/me',
  'DELETE /v1/sessions/current',
  'POST /v1/sub-merchants/{sub_mchid}/evidence/{evidence_id}/withdrawal',
  'PUT /v1/sub-merchants/assignments',
  'POST /v1/sub-merchants/assignments/count',
  'GET /v1/sub-merchants/assignments/{run_id}',
  'GET /v1/assignees',
  'GET /v1/staff',
  'POST /v1/staff',
  'GET /v1/staff/{staff_id}',
  'PUT /v1/staff/{staff_id}',
  'POST /v1/staff/{staff_id}/invite',
  'GET /v1/visits',
  'POST /v1/photos',
  'GET /v1/checklist-templates/current',
  'GET /v1/checklist-templates/{version}',
  'GET /v1/checklist-templates',
  'POST /v1/checklist-templates',
  'GET /v1/checklist-templates/draft',
  'PUT /v1/checklist-templates/draft',
  'DELETE /v1/checklist-templates/draft',
  'GET /v1/appids',
  'PUT /v1/appids/{appid}',
  'POST /v1/appid-lists/preview',
  'POST /v1/appid-lists',
  'GET /v1/provider',
  'PUT /v1/provider/{sp_mchid}',
  'GET /v1/observations',
  'PUT /v1/observations/texts/{text_id}/class',
  'DELETE /v1/observations/texts/{text_id}/class',
  'PUT /v1/provider/{sp_mchid}/readiness/{item}',
  'POST /v1/provider/{sp_mchid}/readiness-checks',
  'POST /v1/provider/{sp_mchid}/bill-requests',
  'POST /v1/portal-check-lists',
  'GET /v1/portal-check-lists/{list_id}',
  'GET /v1/portal-check-lists/{list_id}/rows',
  'POST /v1/portal-check-lists/{list_id}/apply',
  'POST /v1/portal-check-lists/{list_id}/cancellation',
  'GET /v1/rollouts',
  'POST /v1/rollouts',
  'GET /v1/rollouts/{rollout_id}',
  'GET /v1/rollouts/{rollout_id}/items',
  'POST /v1/rollouts/{rollout_id}/start',
  'POST /v1/rollouts/{rollout_id}/pause',
  'POST /v1/rollouts/{rollout_id}/resume',
  'POST /v1/rollouts/{rollout_id}/cancellation',
  'POST /v1/rollouts/{rollout_id}/retry-failed',
]

test('given every endpoint that it names, then each was walked', () => {
  expect([...new Set([...everyQuestion.map(({ endpoint }) => endpoint), ...beside, ...open])].sort()).toEqual([...contract].sort())
})
test('given every write, then its route requires what the walk asked it for, or whoever sees it may', () => {
  const requirements = new Map([...backend.app.requirements].map(([route, actions]) => [route.replaceAll(/:(\w+)/g, '{$1}'), actions]))
  const walked = everyQuestion.filter(({ endpoint }) => !endpoint.startsWith('GET '))
  for (const { endpoint, action } of walked)
    expect([endpoint, requirements.get(endpoint)]).toEqual([endpoint, expect.arrayContaining([action])])
  const free = contract.filter(endpoint => !endpoint.startsWith('GET ') && requirements.get(endpoint)!.length === 0)
  expect(free.sort()).toEqual([
    'DELETE /v1/sessions/current',
    // whoever asked takes back
    'POST /v1/change-requests/{request_id}/cancellation',
    // of one's own
    'POST /v1/message-subscriptions',
    'POST /v1/notices/read',
    'POST /v1/scan-resolutions',
    'POST /v1/sessions',
    'POST /v1/staff-bindings',
  ])
})
test('given every action that it names, then the table has a row for it', () => {
  expect([...new Set(rules.map(({ action }) => action))].sort()).toEqual([...actions].sort())
  expect(rules).toHaveLength(actions.length * everyRole.length)
})
test.each(contract.filter(endpoint => !open.includes(endpoint)))(
  'given nobody, a made-up token, an ended session or a disabled member of staff, then %s says so before anything else',
  async endpoint => {
    const [method, template] = endpoint.split(' ') as [string, string]
    const path = template.replace(/\{\w+\}/g, 'x')
    const ended = await newToken('an operator')
    await backend.db.updateTable('sessions').set({ expires_at: backend.clock.now() }).where('token_hash', '=', hashToken(ended)).execute()
    for (const token of [null, randomBytes(32).toString('base64url'), ended]) {
      expect((await ask(token, method, path)).body.code).toBe('UNAUTHENTICATED')
    }
    const leaver = await newToken('an auditor')
    await backend.db.updateTable('staff').set({ status: 'disabled' }).where('id', '=', 'an auditor').execute()
    expect((await ask(leaver, method, path)).body.code).toBe('STAFF_DISABLED')
    await backend.db.updateTable('staff').set({ status: 'active' }).where('id', '=', 'an auditor').execute()
  },
)
