// Who gets in, by which way, and what somebody sees who may not.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.close())

describe('login', () => {
  test('given no consent, when 登录 is tapped, then nothing is sent and the consent is asked for', async () => {
    await world.loginAs('unbound')
    await world.phone.at('pages/login/index')
    expect(await world.simulator.browserPage!.locator('#go-home').isVisible()).toBe(false)
    world.forgetRequests()
    await world.phone.tap('#login')
    await world.phone.find('#consent-first')
    expect(world.requests(/sessions/)).toEqual([])
  })

  test('given no network, when 登录 is tapped, then the person is told to connect, not that WeChat is busy', async () => {
    await world.phone.tap('#consent')
    await world.simulator.phone.set({ offline: true })
    await world.phone.tap('#login')
    await world.phone.reads('网络断开', '#state-error')
    await world.simulator.phone.set({ offline: false })
  })

  test('given an unbound WeChat user, when a wrong code and then the invite code is entered, then the bench of that member of staff opens', async () => {
    await world.phone.tap('#login')
    await world.phone.find('#invite-code')
    await world.phone.type('NOT-A-CODE', '#invite-code', 'van-field', 'input')
    await world.phone.tap('#bind')
    await world.phone.reads(/邀请码/, '#state-error')
    await world.phone.type('DEMO2026', '#invite-code', 'van-field', 'input')
    await world.phone.tap('#bind')
    await world.phone.at('pages/home/index')
    await world.phone.open('/pages/mine/index', 'switchTab')
    await world.phone.find('#who')
  })

  test('given a shop outside my scope, when its page opens, then it says so and neither name nor state is shown', async () => {
    await world.phone.miniProgram.callWxMethod('navigateTo', { url: '/packages/merchant/detail/index?sub_mchid=1900000150' })
    await world.phone.at('packages/merchant/detail/index')
    const panel = await world.phone.text('#state-forbidden')
    expect(panel).toMatch(/负责范围/)
    expect(panel).not.toMatch(/科技面馆|天河/)
    await world.phone.gone('#verdict')
  })

  test('given an account that is disabled while it works, when it asks for the next thing, then it is shown out at once', async () => {
    await world.database.updateTable('staff').set({ status: 'disabled' }).where('display_name', '=', '业务员 04').execute()
    // it may be shown out before anybody sees the page
    await world.phone.miniProgram.callWxMethod('switchTab', { url: '/pages/merchants/index' })
    await world.phone.at('pages/login/index')
    await world.phone.find('#state-forbidden')
  })
})
