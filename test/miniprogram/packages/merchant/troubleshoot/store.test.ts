// 排查 at the level of the store over real HTTP: what is asked, what comes of it, what may be recorded.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { merchantOf } from '../../../support/samples.ts'
import type { World } from '../../../support/world.ts'
import { opened, openShop, shopId, type OpenShop } from '../support/open-shop.ts'

let at: OpenShop
let world: World
beforeEach(async () => {
  at = await openShop()
  world = at.world
})
afterEach(() => world.stop())

describe('排查', () => {
  const answers = (given: Record<string, string>) => {
    for (const [question, answer] of Object.entries(given)) world.troubleshooting.answer(question as 'entry', answer)
  }

  it('shows what is known, asks one question at a time, and the page seen can be recorded once with the cause', async () => {
    world.troubleshooting.open(shopId)
    expect(world.troubleshooting.known).toEqual(['点金计划已开 · 11月20日 10:12', '商家小票已开 · 11月20日 10:12', '小票链接已配置'])
    expect(world.troubleshooting.question?.id).toBe('entry')
    answers({
      entry: 'table_sticker',
      web_page: 'yes',
      payee: 'yes',
      page: 'receipt_error',
      same_payer: 'yes',
      error_timing: 'after_seconds',
    })
    expect(world.troubleshooting.cause).toMatchObject({ id: 'READY_TOO_LATE', mender: 'developer', remedy: { id: 'copy_developer' } })
    await world.troubleshooting.record()
    await world.troubleshooting.record()
    expect(at.posts().map(({ body }) => body)).toMatchObject([
      { kind: 'test_payment', detail: { after_page: 'receipt_error', web_page_opened: true, note: '排查：小票页打开太慢' } },
    ])
    expect(world.troubleshooting.cause).toMatchObject({ record: '', recorded: '看到的页面已记录' })
  })

  it('after a test payment nothing is asked or recorded twice', () => {
    world.troubleshooting.begin(shopId, { entry: 'table_sticker', web_page: 'yes', payee: 'yes', page: 'closed' })
    expect(world.troubleshooting.question?.id).toBe('console_plan')
    answers({ console_plan: 'cannot_look' })
    expect(world.troubleshooting.cause).toMatchObject({ id: 'ASK_OPERATOR', remedy: { id: 'copy_operator' }, record: '' })
    expect(world.troubleshooting.message).toContain('商户号 1900000109')
    expect(world.troubleshooting.message).toContain('付完看到：页面直接关闭')
    expect(world.troubleshooting.message).not.toContain('业务员')
  })

  it('a page seen within 5 minutes of a change: wait, with the time left, then pay again', async () => {
    await at.becomes(
      merchantOf({
        ...opened,
        gold_plan: { jsapi: { status: 'open', changed_at: new Date(world.timers.now() - 60_000).toISOString() } },
      }),
    )
    world.troubleshooting.open(shopId)
    answers({ entry: 'table_sticker', web_page: 'yes', payee: 'yes', page: 'closed' })
    expect(world.troubleshooting.cause).toMatchObject({ id: 'SETTLING', remedy: null, reason: '4分钟后再付一笔' })
    await world.timers.advance(240_000)
    expect(world.troubleshooting.cause).toMatchObject({ id: 'SETTLING', remedy: { id: 'test_payment' } })
  })

  it('无需迁移 is concluded once every entry was looked at, and not for a shop with several stores', async () => {
    world.troubleshooting.open(shopId)
    answers({ entry: 'payment_code' })
    expect(world.troubleshooting.cause?.remedy?.id).toBe('conclude')
    await world.troubleshooting.conclude()
    expect(at.posts()[0]?.body).toMatchObject({
      kind: 'flow_conclusion',
      detail: { conclusion: 'not_jsapi', basis: 'visit', all_entries_checked: true },
    })
    expect(world.troubleshooting.cause).toMatchObject({ remedy: { id: 'none' }, recorded: '已记录：无需迁移' })

    await at.becomes(merchantOf({ ...opened, store_count: 3 }))
    world.troubleshooting.restart()
    answers({ entry: 'payment_code' })
    expect(world.troubleshooting.cause).toMatchObject({
      remedy: { id: 'none' },
      sentence: expect.stringContaining('有多家门店，请运营判断'),
    })
    await world.troubleshooting.conclude()
    expect(at.posts()).toHaveLength(1)
  })

  it('上一步 takes back the last answer only', () => {
    world.troubleshooting.open(shopId)
    answers({ entry: 'table_sticker', web_page: 'yes', payee: 'yes' })
    world.troubleshooting.back()
    expect(world.troubleshooting.question?.id).toBe('payee')
    expect(world.troubleshooting.answers).toEqual({ entry: 'table_sticker', web_page: 'yes' })
  })
})
