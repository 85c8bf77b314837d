// A shop whose plan is open, in front of an agent, over a server that keeps what is recorded of it.
import type { EvidenceRequest, SubMerchant } from '../../../../../typings/api.ts'
import type { SeenRequest } from '../../../support/http-server.ts'
import { merchantOf } from '../../../support/samples.ts'
import { startWorld, type World } from '../../../support/world.ts'

export const shopId = '1900000109'
export const evidencePath = /^\/v1\/sub-merchants\/1900000109\/evidence$/
export const opened = merchantOf({
  gold_plan: { jsapi: { status: 'open' } },
  receipt: { status: 'open' },
  migration: { state: 'enrolled', reason: 'AWAITING_VERIFICATION' },
  allowed_actions: ['merchant.read', 'evidence.read', 'evidence.write', 'evidence.withdraw'],
})

export interface OpenShop {
  world: World
  /** what was recorded of it, as it was sent */
  posts(): SeenRequest[]
  /** it is otherwise now, and the page has seen it */
  becomes(shop: SubMerchant): Promise<void>
}

export async function openShop(): Promise<OpenShop> {
  const world = await startWorld()
  let shop = opened
  world.server.on('GET', /^\/v1\/sub-merchants\/1900000109$/, () => ({ body: shop }))
  world.server.on('POST', evidencePath, recorded)
  await world.session.login()
  await world.merchant.load(shopId)
  return {
    world,
    posts: () => world.server.seen('POST', evidencePath),
    async becomes(other) {
      shop = other
      await world.merchant.refresh()
    },
  }
}

/** what the backend answers: the item, and a verdict as after a page was seen */
export function recorded({ body }: SeenRequest) {
  const request = body as EvidenceRequest
  const evidence = {
    ...request,
    sub_mchid: shopId,
    recorded_at: request.occurred_at,
    recorded_by: { id: 'staff-03', display_name: '业务员 03' },
    source: 'app',
    withdrawn: null,
    can_withdraw: true,
  }
  return {
    status: 201,
    body: { evidence, migration: { ...opened.migration, state: 'verified', reason: 'PAGE_SEEN', since: request.occurred_at } },
  }
}
