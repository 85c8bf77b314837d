// Help without a network, and what an operator makes of a text of WeChat Pay that nobody knows (product.md B15, B16): one day, by hand.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { tab } from '../support/person.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

const help = 'packages/system/help/index'
const observations = 'packages/manage/observations/index'
const said = '商户不支持开通该业务'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.close())

async function giveTo(role: 'field_agent' | 'operator'): Promise<void> {
  await tab(world.phone, 'mine')
  await world.phone.tap('#log-out')
  await world.phone.tap('#sheet', '#sheet-confirm')
  await world.loginAs(role)
  await world.phone.logIn()
}
const clipboard = async (wanted: string) =>
  eventually('the text on the clipboard', async () => {
    const { data } = (await world.phone.miniProgram.callWxMethod('getClipboardData')) as { data: string }
    return data.includes(wanted) && data
  })
/** Opens a shop whose opening WeChat Pay answers with words that the sandbox says of nobody, and reads what the app makes of it. */
async function openedAndToldSo(sub_mchid: string, title: string): Promise<void> {
  world.sandbox.control.setMerchant(sub_mchid, { scenario: 'unclassified' })
  await tab(world.phone, 'home')
  await world.phone.openMerchant(sub_mchid)
  await world.phone.tap('#gold-plan')
  await world.phone.tap('#sheet', '#sheet-option')
  await world.phone.tap('#sheet', '#sheet-confirm')
  await world.phone.reads(title, '#refusal')
}

describe('help', () => {
  test('given an error without a network, when I ask what it means, then the page says it in the same words, and nothing is asked of the server', async () => {
    await world.loginAs('operator')
    await world.phone.logIn()
    await world.simulator.phone.set({ offline: true })
    await world.phone.open(`/${observations}`, 'navigateTo')
    const title = await world.phone.reads('网络断开', '#state-offline')
    world.forgetRequests()
    await world.phone.tap('#state-offline', '#means')
    await world.phone.at(help)
    await world.phone.reads('网络断开', '#asked')
    expect(title).toContain('请联网后重试')
    await world.phone.reads('请联网后重试', '#asked')
    await world.phone.tap('#topic-jsapi')
    await world.phone.reads('打开一个网页再付', '#body-jsapi')
    await world.phone.reads(/打开一个网页再付\s*是 JSAPI/, '#body-jsapi')
    await world.phone.tap('#topic-rebate')
    await world.phone.reads('eCPM（元）÷ 1000 × 支付后广告曝光量', '#body-rebate')
    await world.phone.gone('#body-jsapi')
    expect(world.requests()).toEqual([])
  })

  test('given 我的, when I look for 24 小时 among the messages, then those are there and no other', async () => {
    await world.simulator.phone.set({ offline: false })
    await tab(world.phone, 'mine')
    await world.phone.tap('#help')
    await world.phone.at(help)
    await world.phone.tap('#topic-errors')
    await world.phone.reads('服务商处罚中', '#body-errors')
    await world.phone.type('24 小时', '#search', 'van-search', 'van-field', 'input')
    await world.phone.gone('#error-SP_PUNISHED')
    await world.phone.reads('主动关闭后需 24 小时才能再次开通', '#error-REOPEN_LOCKED')
  })

  test('given 诊断, when I copy it, then version, network, clock and request numbers are there, and no shop, person or token', async () => {
    await world.phone.tap('#diagnostics')
    await world.phone.reads(/Wi-Fi|移动网络/, '#line-network')
    await world.phone.reads(/慢 \d+ 秒|快 \d+ 秒|相差不到 1 秒/, '#line-clock')
    await world.phone.tap('#copy')
    const copied = await clipboard('基础库')
    expect(copied).toMatch(/GET 200 [0-9a-f-]{36}/)
    for (const secret of ['1900000', 'Bearer', '运营小', 'token', 'sub_mchid']) expect(copied).not.toContain(secret)
  })
})

describe('an unknown text of WeChat Pay', () => {
  const [first, second] = ['1900000107', '1900000106'] as const

  test('given an opening that WeChat Pay refuses so, then its own words are shown, and help says what that means', async () => {
    await giveTo('field_agent')
    await openedAndToldSo(first, said)
    await world.phone.tap('#refusal', '#means')
    await world.phone.at(help)
    await world.phone.reads('WX_UNCLASSIFIED', '#asked')
  })

  test('when an operator says what it means, then the next identical answer is said and treated so', async () => {
    await giveTo('operator')
    await tab(world.phone, 'mine')
    await world.phone.tap('#desk')
    await world.phone.tap('#room-observations')
    await world.phone.at(observations)
    await world.phone.reads(said, '.text-nobody')
    await world.phone.reads(/4 次/, '.text-nobody')
    await world.phone.tap('.text-nobody', '.classify')
    await world.phone.reads(said, '#classes')
    await world.phone.tap('#class-SUB_MERCHANT_PUNISHED')
    await world.phone.tap('#classes-confirm')
    await world.phone.reads(/当作「特约商户处罚中」/, '.text-operator')
    await openedAndToldSo(second, '特约商户处罚中')
    await world.phone.tap('#refusal', '#refusal-act')
    await world.phone.at('packages/merchant/limitations/index')
    await world.phone.miniProgram.navigateBack()
    await world.phone.reads('受阻', '#verdict')
  })
})
