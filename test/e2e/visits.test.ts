// Product scenarios 14, 27 and 29, and the way of a visit from the counter to the lead and back.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createWorld, type World } from '../support/world.ts'
import { eventually } from '../support/eventually.ts'
import { pagesOf, press } from '../support/overlay.ts'

const edit = 'packages/visit/edit/index'
const detail = 'packages/visit/detail/index'
const outboxPage = 'packages/system/outbox/index'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('field_agent')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(() => world.forgetRequests())

const puts = () => world.requests(/^PUT \/v1\/visits\//)
const begin = async (sub_mchid: string) => {
  await world.phone.open('/pages/home/index', 'switchTab')
  await world.phone.open(`/packages/visit/edit/index?sub_mchid=${sub_mchid}`, 'navigateTo')
  await world.phone.find('#progress')
}
const item = (id: string) => [`#ask-${id}`]
const choose = (id: string, value: string) => world.phone.tap(...item(id), `#option-${id}-${value}`)
const type = (id: string, text: string) => world.phone.type(text, ...item(id), `#text-${id}`)
/** WeChat asks for consent once; then the simulator asks how many: one. */
let agreed = false
const photograph = async (id: string) => {
  const before = await photosOf(id)
  await world.phone.tap(...item(id), `#photos-${id}`, '#add')
  if (!agreed) await eventually('the question for consent', () => press(world, '同意'))
  agreed = true
  await eventually('the camera', () => press(world, '1 张照片'))
  await eventually(`one more photo of ${id}`, async () => {
    if ((await photosOf(id)) === before + 1) return true
    throw new Error(`the page says: ${(await world.phone.shows('#photo-trouble')) ? await world.phone.text('#photo-trouble') : 'nothing'}`)
  })
}
const photosOf = async (id: string) => {
  const row = await world.phone.look(...item(id), `#photos-${id}`)
  return row ? (await (row as unknown as { $$(selector: string): Promise<unknown[]> }).$$('.picture')).length : 0
}
const submit = () => world.phone.tap('#bar', '#primary')

const answered = async (): Promise<string> => world.phone.text('#progress')
const kill = async () => {
  await world.simulator.restart()
  await world.phone.at('pages/home/index')
}
/** A shop where only the shop scans, all entries looked at: scenario 14. */
const answerNotJsapi = async () => {
  await choose('A1', 'same')
  await photograph('A3')
  await choose('A4', 'true')
  await choose('B1', 'payment_code')
  await choose('B2', 'no')
  await choose('B3', 'true')
  await photograph('B4')
  await choose('D1', 'none')
}
const answerRest = async () => {
  await choose('E1', 'true')
  await choose('E2', 'not_wanted')
}

/** The head that a finger meets there, in px of the phone's page; '' for none. */
const elementAt = (x: number, y: number): Promise<string> =>
  pagesOf(world).evaluate(
    ([left, top]) => {
      const found = document.elementsFromPoint(left!, top!)[0]
      return ['sticky', 'head'].find(name => found?.closest(`.${name}`)) ?? `${found?.tagName} ${found?.className}`
    },
    [x, y],
  )

/** Sent from another phone: the newest of all. */
async function putOwnVisits(role: string, count: number): Promise<void> {
  const { template_version, answers } = (await (
    await world.request('region_lead', 'GET', '/v1/visits/00000000-0000-4000-8002-000000000005')
  ).json()) as { template_version: number; answers: Record<string, unknown> }
  const now = world.clock.now().getTime()
  for (let index = 0; index < count; index += 1) {
    const times = { started_at: new Date(now - 60_000).toISOString(), ended_at: new Date(now + index).toISOString() }
    const body = { sub_mchid: '1900000149', template_version, status: 'submitted', answers, ...times }
    const sent = await world.request(role, 'PUT', `/v1/visits/${crypto.randomUUID()}`, body, { 'idempotency-key': crypto.randomUUID() })
    expect(sent.status).toBe(201)
  }
}

/** where an element stands in the app's window, CSS px */
const boxOf = async (...selector: string[]) => {
  const frame = world.simulator.browserPage!.frames().find(one => new URL(one.url()).pathname === '/frame/')!
  const { x, y, width, height } = (await frame.locator(selector.join(' ')).boundingBox())!
  return [x, y, width, height].map(Math.round)
}

describe('a form', () => {
  test('that was only looked at leaves no draft; the first answer makes one', async () => {
    const { phone } = world
    await begin('1900000101')
    await phone.reads('还没有填', '#saved')
    await phone.gone('#delete')
    await phone.back()
    await phone.open('/pages/home/index', 'switchTab')
    await phone.find('#counts')
    await phone.gone('#work-drafts')
    await begin('1900000101')
    await choose('A1', 'same')
    await phone.reads('已存在手机里', '#saved')
    await phone.open('/pages/home/index', 'switchTab')
    await phone.reads('1', '#work-drafts')
    await begin('1900000101')
    await phone.tap('#delete')
    await phone.tap('#sheet', '#sheet-confirm')
    await phone.open('/pages/home/index', 'switchTab')
  })

  test('does not move when an option is chosen, in any of its questions', async () => {
    await begin('1900000101')
    for (const [id, value] of [
      ['A1', 'same'],
      ['A4', 'true'],
      ['E2', 'not_wanted'],
    ] as const) {
      const boxes = async () => [...(await boxOf(`#option-${id}-${value}`)), ...(await boxOf(`#item-${id}`))]
      const before = await boxes()
      await choose(id, value)
      await eventually(`${id} is on`, async () => /\bon\b/.test(await world.phone.classes(...item(id), `#option-${id}-${value}`)))
      // half pixels above are rounded one way or the other
      expect((await boxes()).map((edge, index) => Math.abs(edge - before[index]!) <= 1)).toEqual(before.map(() => true))
    }
  })

  test('keeps the place of a photo while it is made ready, and says that it is', async () => {
    const { phone } = world
    const frame = world.simulator.browserPage!.frames().find(one => new URL(one.url()).pathname === '/frame/')!
    const [, , , height] = await boxOf('#item-A3')
    // it may last a moment only: whatever is drawn in between is looked at
    await frame.evaluate(() => {
      const seen = { lowest: Infinity, busy: [] as number[] }
      Object.assign(globalThis, { seen })
      new MutationObserver(() => {
        seen.lowest = Math.min(seen.lowest, document.querySelector('#item-A3')!.getBoundingClientRect().height)
        const tile = document.querySelector('#photos-A3 #photo-busy')
        if (tile) seen.busy.push(tile.getBoundingClientRect().height)
      }).observe(document.querySelector('#item-A3')!, { subtree: true, childList: true, attributes: true })
    })
    const tile = (await boxOf('#photos-A3 #add'))[3]!
    await photograph('A3')
    const seen = await frame.evaluate(() => (globalThis as unknown as { seen: { lowest: number; busy: number[] } }).seen)
    expect(seen.busy.map(Math.round)).toContain(tile)
    expect(Math.round(seen.lowest)).toBeGreaterThanOrEqual(height! - 1)
    await phone.tap('#delete')
    await phone.tap('#sheet', '#sheet-confirm')
    // 撤销 is possible for 5 seconds; a kill in between keeps the draft
    await eventually('the draft to leave the phone', async () => {
      const { keys } = (await phone.miniProgram.callWxMethod('getStorageInfoSync')) as unknown as { keys: string[] }
      return !keys.some(key => key.includes(':draft:'))
    })
  })
})

describe('a visit', () => {
  let visit_id = ''

  test('27: given a draft with 7 answers and 2 photos, when the app is killed and opened again, then all of them are there', async () => {
    const { phone } = world
    await begin('1900000101')
    await answerNotJsapi()
    const before = await answered()
    await kill()
    await phone.reads('1', '#work-drafts')
    await phone.tap('#work-drafts')
    await phone.at('pages/visits/index')
    await phone.tap('.page', 'visit-row')
    await phone.at(edit)
    await phone.find('#progress')
    await phone.reads(before, '#progress')
    await eventually('both photos', async () => (await photosOf('A3')) === 1 && (await photosOf('B4')) === 1)
    for (const option of ['A1-same', 'A4-true', 'B1-payment_code', 'B2-no', 'B3-true', 'D1-none'])
      await phone.looks('on', `#ask-${option.split('-')[0]}`, `#option-${option}`)
    expect(puts()).toEqual([])
  })

  test('given required items are missing, when I submit, then nothing is sent, and the first of them is named and marked', async () => {
    const { phone } = world
    await phone.reads('还差 2 项', '#bar')
    await submit()
    await phone.reads('第一处：已说明完成页可能出现的广告及来源', '#bar')
    expect(puts()).toEqual([])
  })

  test('14: given only the shop scans and all entries were looked at, when I submit, then 无需迁移', async () => {
    const { phone } = world
    await answerRest()
    await phone.reads('提交', '#bar')
    await submit()
    await phone.reads('已提交', '#sent', '#outcome')
    await phone.reads('无需迁移', '#sent', '#verdict')
    expect(puts()).toHaveLength(1)
    visit_id = puts()[0]!.line.split('/').at(-1)!
    const { body } = puts()[0]!
    expect(body).toMatchObject({
      sub_mchid: '1900000101',
      status: 'submitted',
      answers: { A1: 'same', B1: ['payment_code'], B2: 'no', B3: true },
    })
    const photos = world.requests(/^POST \/v1\/photos/)
    expect(photos).toHaveLength(2)
  })

  test('given it was returned with a reason, then its author sees the reason, mends it, and it is submitted as the same visit', async () => {
    const { phone } = world
    const returned = await world.request(
      'region_lead',
      'POST',
      `/v1/visits/${visit_id}/review`,
      { result: 'returned', comment: '门头照片看不清' },
      { 'idempotency-key': crypto.randomUUID() },
    )
    expect(returned.status).toBe(200)
    await world.advance(60_000)
    await phone.open('/pages/visits/index', 'switchTab')
    await phone.tap('#segment-returned')
    await phone.reads('门头照片看不清', `#visit-${visit_id}`)
    await phone.tap(`#visit-${visit_id}`)
    await phone.at(detail)
    await phone.reads('门头照片看不清', '#reviews')
    await phone.tap('#continue')
    await phone.at(edit)
    await phone.reads('门头照片看不清', '#returned')
    await photograph('A3')
    await type('F4', '换了门头照片')
    await submit()
    await phone.reads('已提交', '#sent', '#outcome')
    expect(puts().at(-1)!.line).toBe(`PUT /v1/visits/${visit_id}`)
    expect((puts().at(-1)!.body as { answers: { A3: string[] } }).answers.A3).toHaveLength(2)
  })

  test('given a lead with 25 newer visits of his own, then his workbench counts the reviews that wait and leads to them', async () => {
    const { phone } = world
    await putOwnVisits('region_lead', 25)
    await phone.open('/pages/mine/index', 'switchTab')
    await world.loginAs('region_lead')
    await phone.tap('#log-out')
    await phone.tap('#sheet', '#sheet-confirm')
    await phone.logIn()
    const waiting = Number(/\d+/.exec(await phone.reads('等你审核的拜访', '#to-review'))![0])
    expect(waiting).toBeGreaterThanOrEqual(2)
    await phone.tap('#to-review')
    await phone.at('pages/visits/index')
    await phone.find(`#visit-${visit_id}`)
    await phone.reads('没有更多了', '#footer')
    await phone.counts(waiting, 'visit-row')
    await phone.reads(`团队 ${waiting}`, '#segment-team')
  })

  test('given the lead looks at it, when he accepts it, then nothing more can be decided, the next one is a tap away, and it stays readable', async () => {
    const { phone } = world
    await phone.tap(`#visit-${visit_id}`)
    await phone.at(detail)
    await phone.reads('换了门头照片', '#section-F')
    await phone.tap('#accept')
    await phone.reads('已通过', '#status')
    await phone.gone('#accept')
    await phone.reads(/还有 \d+ 个等你审核/, '#queue')
    await phone.tap('#next-review')
    await phone.reads('待审核', '#status')
    await phone.find('#accept')
    await phone.back()
    await phone.at('pages/visits/index')
    await phone.gone(`#visit-${visit_id}`)
    await phone.tap('#team-accepted')
    await phone.find(`#visit-${visit_id}`)
  })

  test('given somebody else decided meanwhile, when I decide, then I see 已由他人处理 and their decision', async () => {
    const { phone } = world
    const waiting = '00000000-0000-4000-8002-000000000001'
    await phone.open('/pages/visits/index', 'switchTab')
    await phone.open(`/packages/visit/detail/index?visit_id=${waiting}`, 'navigateTo')
    await phone.find('#accept')
    const review = { result: 'returned', comment: '缺少照片' }
    const answer = await world.request('operator', 'POST', `/v1/visits/${waiting}/review`, review, {
      'idempotency-key': crypto.randomUUID(),
    })
    expect(answer.status).toBe(200)
    await phone.tap('#accept')
    await phone.reads('已由他人处理', '#overtaken')
    await phone.reads('已退回', '#status')
  })
})

describe('where to go today', () => {
  test('given shops of one district, then each says its street, and the parts of the page stay in sight while they scroll', async () => {
    const { phone } = world
    await phone.open('/pages/mine/index', 'switchTab')
    await world.loginAs('field_agent')
    await phone.tap('#log-out')
    await phone.tap('#sheet', '#sheet-confirm')
    await phone.logIn()
    await phone.open('/pages/visits/index', 'switchTab')
    await phone.find('.district')
    // drawn anew, a row that was found is no more: all of them are looked at again
    await eventually('a street in each row', async () => {
      const rows = await (await phone.page()).$$('.merchant-row')
      for (const row of rows) expect(await row.text()).toMatch(/[路街巷道]|没有地址/)
      return rows.length > 0
    })
    expect(await phone.text('.district')).not.toMatch(/尾号 \d{4} *南山区/)
    await phone.miniProgram.pageScrollTo(900)
    await eventually('the parts at the top', async () => (await elementAt(187, 30)) === 'sticky')
  })
})

describe('what waits to be sent', () => {
  const HOUR = 3_600_000
  const offsetOfPhone = () => world.clock.now().getTime() - Date.now()

  test('29: given three queued visits, when the first is refused with 422, then the other two are sent, the badge is 1, and the first offers 修改 and 删除', async () => {
    const { phone } = world
    await phone.open('/pages/mine/index', 'switchTab')
    await world.loginAs('operator')
    await phone.tap('#log-out')
    await phone.tap('#sheet', '#sheet-confirm')
    await phone.logIn()
    for (const sub_mchid of ['1900000103', '1900000106', '1900000107']) {
      await begin(sub_mchid)
      await answerNotJsapi()
      await answerRest()
    }
    await world.simulator.phone.set({ offline: true })
    // the first is finished on a phone whose clock is an hour ahead
    await world.simulator.phone.set({ clockOffsetMs: offsetOfPhone() + HOUR })
    await begin('1900000103')
    await submit()
    await phone.reads('待同步', '#sent', '#outcome')
    await world.simulator.phone.set({ clockOffsetMs: offsetOfPhone() })
    for (const sub_mchid of ['1900000106', '1900000107']) {
      await begin(sub_mchid)
      await submit()
      await phone.reads('待同步', '#sent', '#outcome')
    }
    await phone.open('/pages/mine/index', 'switchTab')
    await phone.reads('3 项还在这台手机里', '#outbox-note')
    expect(puts()).toEqual([])
    await world.simulator.phone.set({ offline: false })
    // what a slow machine did not get through at once is tried again after its pause
    const left = '1 项还在这台手机里、1 项要你处理'
    await eventually(left, async () => (await phone.text('#outbox-note')) === left)
    await phone.tap('#outbox')
    await phone.at(outboxPage)
    await phone.reads('手机时间不对', '#mine')
    const [refused] = puts()
    const visit_id = refused!.line.split('/').at(-1)!
    expect(puts()).toHaveLength(3)
    await phone.find(`#edit-${visit_id}`)
    await phone.tap(`#remove-${visit_id}`)
    await phone.tap('#sheet', '#sheet-cancel')
    await phone.tap(`#edit-${visit_id}`)
    await phone.at(edit)
    await phone.find('#progress')
    await submit()
    await phone.reads('已提交', '#sent', '#outcome')
    await phone.back()
    await phone.at(outboxPage)
    await phone.reads('都已收到', '#state-empty')
  })
})
