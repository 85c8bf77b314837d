// The sandbox takes the demo's WeChat side as it is, and then answers as the histories say.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { appids } from '../../../dev/demo/organisation.ts'
import { wechatSideOfDemo } from '../../../dev/demo/wechat-side.ts'
import { MINI_PROGRAM_APPID, OFFICIAL_ACCOUNT_APPID, startSandbox } from '../../../dev/sandbox/index.ts'

const now = new Date('2026-11-23T02:00:00Z')
let sandbox: Awaited<ReturnType<typeof startSandbox>>

beforeAll(async () => {
  sandbox = await startSandbox({ spMchid: '1900000001' })
  const answer = await fetch(`${sandbox.url}/control/merchants`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wechatSideOfDemo(now)),
  })
  expect(await answer.json()).toEqual({ merchants: Object.keys(wechatSideOfDemo(now)).length })
})
afterAll(() => sandbox?.close())

test('given the register of appids, then it knows those that demo orders are paid with', () => {
  expect(appids.slice(0, 2).map(({ appid }) => appid)).toEqual([OFFICIAL_ACCOUNT_APPID, MINI_PROGRAM_APPID])
  expect(sandbox.control.order('demo-miniprogram-1900000109')).toMatchObject({ sub_mchid: '1900000109', sub_appid: MINI_PROGRAM_APPID })
})
test('given the merchant closed 3 hours ago, then WeChat counts its 24 hours from there', () => {
  expect(sandbox.control.ledger('1900000108')).toMatchObject({
    gold_plan: { JSAPI: { status: 'closed' } },
    closed_at: '2026-11-22T23:00:00.000Z',
  })
})
test('given the merchant opened 3 days ago with its receipt, then WeChat holds both open', () => {
  expect(sandbox.control.ledger('1900000109')).toMatchObject({ gold_plan: { JSAPI: { status: 'open' } }, receipt: 'open' })
})
test.each([
  ['1900000124', 'punished'],
  ['1900000130', 'punished'],
  ['1900000131', 'unrelated'],
  ['1900000132', 'not_exists'],
  ['1900000137', 'receipt_link_missing'],
  ['1900000157', 'closed_on_console'],
  ['1900000134', 'normal'],
  ['1900000104', 'normal'],
])('given %s, then a call is answered as %s', (sub_mchid, scenario) => {
  expect(sandbox.control.merchant(sub_mchid).scenario).toBe(scenario)
})
test('given ads with three filter tags, then WeChat holds them', () => {
  expect(sandbox.control.ledger('1900000163')).toMatchObject({
    advertising: 'open',
    advertising_industry_filters: ['SPORT', 'HEALTHCARE', 'SKINCARE'],
  })
})
