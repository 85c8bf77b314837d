// Steps that several scenes share.
import { randomUUID } from 'node:crypto'
import { provider } from '../../../dev/demo/organisation.ts'
import { keysOf } from '../../support/waiting-work.ts'
import type { Stage } from '../stage.ts'

export const searchField = ['#search', 'van-search', 'van-field', 'input']
export const anyList = /^GET \/v1\/sub-merchants\?/

/** A phone as new as on the first day: nothing kept that would be shown while the server does not answer. */
export async function fresh(stage: Stage): Promise<void> {
  stage.afterwards(() => stage.takeBack())
  const keys = await keysOf(stage.phone)
  for (const key of keys.filter(one => one.startsWith('staff:'))) await stage.phone.miniProgram.callWxMethod('removeStorageSync', key)
  await stage.restart()
}
/** The merchant's page with its verdict, reached from the work bench. */
export async function openMerchant(stage: Stage, sub_mchid: string): Promise<void> {
  await stage.phone.open('/pages/home/index', 'switchTab')
  await stage.phone.openMerchant(sub_mchid)
}
/** A page over the work bench, whatever it then shows. */
export async function openOverHome(stage: Stage, url: string): Promise<void> {
  await stage.phone.open('/pages/home/index', 'switchTab')
  await stage.phone.open(url, 'navigateTo')
}
/** WeChat's window on a computer. */
export async function computer(stage: Stage): Promise<void> {
  await stage.takeComputer({ windowWidth: 1_000, windowHeight: 760 })
}
export async function openList(stage: Stage): Promise<void> {
  await stage.restart()
  await stage.phone.open('/pages/merchants/index', 'switchTab')
}
export async function search(stage: Stage, text: string): Promise<void> {
  await openList(stage)
  await stage.phone.type(text, ...searchField)
}
export async function tapGoldPlanAndConfirm(stage: Stage): Promise<void> {
  await stage.phone.tap('#gold-plan')
  await stage.phone.tap('#sheet', '#sheet-confirm')
}
/** Somebody else changes a merchant meanwhile. */
export async function changeBeside(stage: Stage, sub_mchid: string, what: 'receipt' | 'gold-plan/jsapi', body: object): Promise<void> {
  const path = `/v1/sub-merchants/${sub_mchid}`
  const { version } = (await (await stage.world.request('region_lead', 'GET', path)).json()) as { version: number }
  const answer = await stage.world.request('region_lead', 'PUT', `${path}/${what}`, body, {
    'if-match': `"${version}"`,
    'idempotency-key': randomUUID(),
  })
  if (!answer.ok) throw new Error(`${what} of ${sub_mchid} was not changed: ${answer.status} ${await answer.text()}`)
}
export async function scrollToEnd(stage: Stage): Promise<void> {
  await stage.phone.miniProgram.pageScrollTo(1_000_000)
}
/** 42 % of the verdicts are derived by a new 默认开通; the worker ends that once `look` has seen it. */
export async function whileRederiving(stage: Stage, look: () => Promise<void>): Promise<void> {
  const { database } = stage.world
  // what the mode before left under way
  await database.deleteFrom('rederive_parts').execute()
  await database
    .insertInto('rederive_parts')
    .values({ sp_mchid: provider.sp_mchid, part: 0, after: '', upto: null, done: 840, finished: true })
    .execute()
  await database.updateTable('provider').set({ rederiving: 'in_parts', rederive_total: 2_000 }).execute()
  await database.transaction().execute(async trx => {
    // who claims the number passes by
    await trx.selectFrom('provider').select('sp_mchid').forNoKeyUpdate().execute()
    await look()
  })
}
