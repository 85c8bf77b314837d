// Drafts, photos and outbox as the pages see them, over real HTTP (product.md §8, scenarios 28 to 30). What no single case shows is in outbox-property.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import type { ChecklistTemplate, EvidenceRequest } from '../../../typings/api.ts'
import { problemView } from '../../../miniprogram/rules/error-copy.ts'
import type { Parcel } from '../../../miniprogram/rules/field-work.ts'
import { isUnsure, meaningOf } from '../../../miniprogram/rules/outbox.ts'
import { uuid } from '../../../miniprogram/rules/uuid.ts'
import { translator } from '../../../miniprogram/words/index.ts'
import { outboxView } from '../../../miniprogram/packages/system/outbox/view.ts'
import { proposesReceipt, verdictOf } from '../../../miniprogram/packages/merchant/rules/verdict.ts'
import { VisitSentStore } from '../../../miniprogram/packages/visit/edit/sent.ts'
import { ChecklistStore } from '../../../miniprogram/stores/checklist.ts'
import { problem } from '../support/http-server.ts'
import { me, staff } from '../support/samples.ts'
import { startWorld, type World } from '../support/world.ts'

const file = JSON.parse(
  readFileSync(new URL('../../../backend/field-work/checklists/onboarding-v1.json', import.meta.url), 'utf8'),
) as ChecklistTemplate
const template = { ...file, version: 1 }
const shop = { sub_mchid: '1900000109', name: '科技面馆', region_name: '南山区' }
const evidencePath = /\/evidence$/
const photoPath = /^\/v1\/photos$/
const visitPath = /^\/v1\/visits\//

const sayZhCN = translator('zh-CN')

let world: World
beforeEach(async () => {
  world = await startWorld()
  world.server.on('POST', photoPath, () => ({ status: 201, body: { id: uuid() } }))
  world.server.on('POST', evidencePath, () => ({ status: 201, body: { evidence: {}, migration: {} } }))
  world.server.on('PUT', visitPath, () => ({ status: 201, body: { visit: {}, migration: null, not_concluded: null } }))
  await world.session.login()
})
afterEach(() => world.stop())

let pictures = 0
const onePicture = () => [Buffer.from(`picture ${(pictures += 1)}`)]
const sent = (method: string, path: RegExp) => world.server.seen(method, path)
const putTest = (app: Pick<World, 'outbox'> = world): string => {
  const id = uuid()
  const detail = { entry: 'h5_link', web_page_opened: true, payee_matches: 'yes', after_page: 'closed' } as const
  const request = { id, kind: 'test_payment', occurred_at: '2026-11-23T10:00:00+08:00', detail } satisfies EvidenceRequest
  expect(app.outbox.put({ shop, photos: [], content: { kind: 'evidence', request, form: {} }, revision: 0 })).toBe(true)
  return id
}
const known = { A1: 'same', A4: true, B1: ['payment_code'], B2: 'no', B3: true, C1: false, D1: 'none', E1: true, E2: 'not_wanted' }
const beginVisit = () => world.drafts.begin(shop, template, { answers: known, origins: {} })!.id
const logInAs = async (id: string) => {
  world.server.on('POST', /^\/v1\/sessions$/, () => ({
    body: { token: `of-${id}`, expires_at: '2026-11-24T10:00:00+08:00', staff: { ...staff, id } },
  }))
  world.server.on('GET', /^\/v1\/me$/, () => {
    const whole = me(new Date(world.timers.now()).toISOString())
    return { body: { ...whole, staff: { ...whole.staff, id } } }
  })
  await world.session.login()
  await world.settled()
}

describe('a visit', () => {
  it('28: photos go first, the visit names them; after a lost answer and a restart it goes again with the same key', async () => {
    world.setOnline(false)
    const id = beginVisit()
    world.pictures.next = onePicture
    await world.drafts.addPhoto(id, 'A3')
    await world.drafts.addPhoto(id, 'B4')
    expect(world.drafts.submit(id)).toEqual({ outcome: 'queued' })
    expect([world.outbox.unsent, world.outbox.held, world.drafts.list]).toEqual([1, 'offline', []])
    let ids: string[] = []
    world.server.on('POST', photoPath, () => {
      ids = [...ids, uuid()]
      return { status: 201, body: { id: ids.at(-1) } }
    })
    world.server.on('PUT', visitPath, () => 'drop')
    world.setOnline(true)
    await world.settled()
    expect(sent('POST', photoPath)).toHaveLength(2)
    const again = world.reopen()
    world.server.on('PUT', visitPath, () => ({ status: 200, body: { visit: {} } }))
    await again.session.start()
    await world.settled()
    const [first, second] = sent('PUT', visitPath)
    expect(second!.headers['idempotency-key']).toBe(first!.headers['idempotency-key'])
    expect(second!.body).toEqual(first!.body)
    const { A3, B4 } = (first!.body as { answers: { A3: string[]; B4: string[] } }).answers
    expect([...A3, ...B4].sort()).toEqual([...ids].sort())
    expect([again.outbox.unsent, world.pictures.kept()]).toEqual([0, []])
    again.cut()
  })

  it('required items keep it back, the first gap is named; a discarded one comes back within 5 seconds and is gone after', async () => {
    const id = beginVisit()
    expect(world.drafts.submit(id)).toEqual({ outcome: 'incomplete', gap: 'A3' })
    world.drafts.discard(id)
    expect([world.drafts.list, world.drafts.discarded?.id]).toEqual([[], id])
    world.drafts.undo()
    expect(world.drafts.find(id)?.id).toBe(id)
    world.drafts.discard(id)
    await world.timers.advance(5_000)
    expect([...world.kept.keys()].filter(key => key.includes(':draft:'))).toEqual([])
  })

  it('reviewed meanwhile: a copy is kept, to be gone on with; its next version ends later than the last', async () => {
    const id = beginVisit()
    world.pictures.next = onePicture
    await world.drafts.addPhoto(id, 'A3')
    world.server.on('PUT', visitPath, () => problem(409, 'VISIT_REVIEWED'))
    world.drafts.submit(id)
    await world.settled()
    expect(world.outbox.items.map(({ kind, status }) => [kind, status])).toEqual([['visit', 'conflict']])
    expect([world.outbox.failed, world.pictures.kept().length]).toEqual([1, 1])
    world.drafts.reopen(id)
    world.server.on('PUT', visitPath, () => ({ status: 200, body: { visit: {} } }))
    world.timers.sleep(-3_600_000)
    world.drafts.submit(id)
    await world.settled()
    const [first, second] = sent('PUT', visitPath).map(({ body }) => Date.parse((body as { ended_at: string }).ended_at))
    expect(second).toBeGreaterThan(first!)
    expect(world.outbox.unsent).toBe(0)
  })
})

describe('a visit on two phones', () => {
  const submitted = async () => {
    const id = beginVisit()
    world.pictures.next = onePicture
    await world.drafts.addPhoto(id, 'A3')
    world.drafts.submit(id)
    await world.settled()
    return id
  }

  it('given the server has a later version, then mine is not called sent: it stays with its photo, and can be submitted over the other one', async () => {
    const later = new Date(world.timers.now() + 60_000).toISOString()
    world.server.on('PUT', visitPath, () => ({ status: 200, body: { visit: { ended_at: later }, migration: null, not_concluded: null } }))
    const id = await submitted()
    expect(world.outbox.items.map(({ kind, status, error }) => [kind, status, error?.code])).toEqual([
      ['visit', 'failed', 'VISIT_OVERTAKEN'],
    ])
    expect([world.outbox.problemOf(id)?.title, world.pictures.kept().length, world.outbox.last_sent_at]).toEqual([
      '已有更晚的一份',
      1,
      null,
    ])
    world.timers.sleep(120_000)
    world.drafts.reopen(id)
    world.server.on('PUT', visitPath, ({ body }) => ({ status: 200, body: { visit: body } }))
    world.drafts.submit(id)
    await world.settled()
    expect(world.outbox.unsent).toBe(0)
  })

  it('given it was returned before mine arrived, then mine says so and can be mended; given it was accepted, then it is a copy', async () => {
    world.server.on('PUT', visitPath, () => problem(409, 'VISIT_REVIEWED', { current: { status: 'returned' } }))
    const returned = await submitted()
    expect([world.outbox.parcel(returned)?.status, world.outbox.problemOf(returned)?.title]).toEqual(['failed', '主管已退回'])
    world.server.on('PUT', visitPath, () => problem(409, 'VISIT_REVIEWED', { current: { status: 'accepted' } }))
    const accepted = await submitted()
    expect(world.outbox.parcel(accepted)?.status).toBe('conflict')
  })

  it('given a photo was refused, then the page of the visit says that it needs a person, and why, and not that it is on its way', async () => {
    world.server.on('POST', photoPath, () => problem(413, 'PHOTO_TOO_LARGE'))
    const id = await submitted()
    const say = world.preferences.say
    const page = new VisitSentStore(world.context, world.session, world.outbox, new ChecklistStore(world.context), () =>
      Promise.resolve({ verdictOf, proposesReceipt }),
    )
    page.follow(id)
    expect(page.view).toMatchObject({ phase: 'failed', final: false, title: say('error.PHOTO_TOO_LARGE.title') })
    page.leave()
  })
})

describe('the queue', () => {
  it('29: a refused item stays with its reason and the others go; 修改 and 删除 are possible, and nothing is sent again by itself', async () => {
    world.setOnline(false)
    const ids = [putTest(), putTest(), putTest()]
    world.server.on('POST', evidencePath, ({ body }) =>
      (body as { id: string }).id === ids[0] ? problem(422, 'VALIDATION_FAILED') : { status: 201, body: { evidence: {}, migration: {} } },
    )
    world.setOnline(true)
    await world.settled()
    expect(world.outbox.items.map(({ id, status }) => [id, status])).toEqual([[ids[0], 'failed']])
    expect([world.outbox.unsent, world.outbox.failed]).toEqual([1, 1])
    await world.timers.advance(3_600_000)
    expect(sent('POST', evidencePath)).toHaveLength(3)
    expect(world.outbox.remove(ids[0]!)).toBe(true)
    expect(world.outbox.unsent).toBe(0)
  })

  it.each([
    [403, 'STAFF_DISABLED'],
    [426, 'CLIENT_OUTDATED'],
  ])('29: after %s %s nothing more is sent, and nothing is lost', async (status, code) => {
    world.setOnline(false)
    putTest()
    putTest()
    world.server.on('POST', evidencePath, () => problem(status, code))
    world.setOnline(true)
    await world.settled()
    await world.timers.advance(3_600_000)
    expect(sent('POST', evidencePath)).toHaveLength(1)
    expect(world.outbox.unsentOf('staff-03')).toEqual({ waiting: 2, drafts: 0 })
  })

  it('after a 401 that a login does not mend the whole queue waits until somebody comes back', async () => {
    world.setOnline(false)
    putTest()
    putTest()
    world.server.on('POST', evidencePath, () => problem(401, 'UNAUTHENTICATED'))
    world.setOnline(true)
    await world.settled()
    expect([sent('POST', evidencePath).length, world.outbox.held]).toEqual([2, 'signed_out'])
    await world.timers.advance(3_600_000)
    expect(sent('POST', evidencePath)).toHaveLength(2)
    world.server.on('POST', evidencePath, () => ({ status: 201, body: { evidence: {}, migration: {} } }))
    await world.outbox.flush()
    expect(world.outbox.unsent).toBe(0)
    expect(world.outbox.last_sent_at).toBe(world.timers.now())
  })

  it('30: another account sees and sends nothing of mine, and I find it again', async () => {
    world.setOnline(false)
    putTest()
    beginVisit()
    world.setOnline(true)
    // signed out before the queue could move
    const leaving = world.session.logout()
    await logInAs('staff-07')
    await leaving
    expect([world.outbox.items, world.drafts.list]).toEqual([[], []])
    await world.outbox.flush()
    const tokens = sent('POST', evidencePath).map(({ headers }) => headers.authorization)
    expect(tokens).not.toContain('Bearer of-staff-07')
    await world.session.logout()
    await logInAs('staff-03')
    expect(world.drafts.list).toHaveLength(1)
    expect(world.outbox.unsentOf('staff-03').drafts).toBe(1)
    world.outbox.abandon('staff-03')
    expect(world.outbox.unsentOf('staff-03')).toEqual({ waiting: 0, drafts: 0 })
  })

  it('30: a call of mine whose 401 comes when somebody else is here is not repeated in his name', async () => {
    const held = world.server.hold(problem(401, 'UNAUTHENTICATED'))
    world.server.on('POST', evidencePath, held.handler)
    world.setOnline(false)
    putTest()
    world.setOnline(true)
    await world.settled()
    await world.session.logout()
    await logInAs('staff-07')
    held.release()
    await world.settled()
    expect(sent('POST', evidencePath).map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1'])
    expect(world.outbox.unsentOf('staff-03').waiting).toBe(1)
    expect(world.session.staff?.id).toBe('staff-07')
  })

  it('given I left and came back while one is on its way, then it is not sent a second time beside the first, and its answer counts', async () => {
    const held = world.server.hold({ status: 201, body: { evidence: {}, migration: {} } })
    world.server.on('POST', evidencePath, held.handler)
    putTest()
    await world.settled()
    await world.session.logout()
    await logInAs('staff-03')
    expect([sent('POST', evidencePath).length, world.outbox.unsent, world.outbox.sending]).toEqual([1, 1, true])
    held.release()
    await world.settled()
    expect([sent('POST', evidencePath).length, world.outbox.unsent]).toEqual([1, 0])
  })

  it('photos wait for Wi-Fi where the person wants it, and go as soon as there is one', async () => {
    world.preferences.setPhotosWifiOnly(true)
    const id = beginVisit()
    world.pictures.next = onePicture
    await world.drafts.addPhoto(id, 'A3')
    world.drafts.submit(id)
    putTest()
    await world.settled()
    expect([sent('POST', evidencePath).length, sent('POST', photoPath).length, world.outbox.held]).toEqual([1, 0, 'wifi'])
    world.network.changed({ online: true, weak: false, wifi: true })
    await world.settled()
    expect([sent('POST', photoPath).length, world.outbox.unsent]).toEqual([1, 0])
  })

  it('a photo whose file is gone is said to be, and is not tried for ever', async () => {
    world.setOnline(false)
    const id = beginVisit()
    world.pictures.next = onePicture
    await world.drafts.addPhoto(id, 'A3')
    world.drafts.submit(id)
    world.pictures.files.clear()
    world.setOnline(true)
    await world.settled()
    const [photo] = world.outbox.items
    expect([photo!.kind, photo!.status, photo!.error?.code]).toEqual(['photo', 'failed', 'PHOTO_GONE'])
    expect(world.outbox.problemOf(photo!.id)?.title).toBe('照片不在了')
  })
})

describe('photos', () => {
  it('are drawn at most 1,600 px, 1,200 over a weak network, with time, shop and staff, never above 9 a visit, and no picture twice', async () => {
    const id = beginVisit()
    world.pictures.next = onePicture
    await world.drafts.addPhoto(id, 'A3')
    world.network.changed({ online: true, weak: true })
    await world.drafts.addPhoto(id, 'A3')
    expect(world.pictures.drawings.map(({ edge }) => edge)).toEqual([1_600, 1_200])
    expect(world.pictures.drawings[0]!.lines).toEqual(['2026-11-23 10:00:00', '0109 · TAFF03'])
    expect((await world.drafts.addPhoto(id, 'A3')).outcome).toBe('too_many')
    const same = Buffer.from('the same')
    world.pictures.next = () => [same, same]
    expect(await world.drafts.addPhoto(id, 'B4', 'album')).toMatchObject({ outcome: 'taken', duplicates: 1 })
    expect((await world.drafts.addPhoto(id, 'B4', 'album')).duplicates).toBe(2)
    expect(world.drafts.find(id)!.photos).toHaveLength(3)
  })

  it('are refused with the reason when the phone is full, and nothing that was entered goes for them', async () => {
    const id = beginVisit()
    world.pictures.next = onePicture
    world.pictures.full = true
    expect((await world.drafts.addPhoto(id, 'A3')).outcome).toBe('storage_full')
    expect(world.drafts.find(id)!.answers).not.toHaveProperty('A3')
    world.pictures.full = false
    const { storage } = world.phone
    const set = storage.set
    storage.set = () => {
      throw new Error('setStorageSync:fail exceed storage max size 10Mb')
    }
    expect((await world.drafts.addPhoto(id, 'A3')).outcome).toBe('storage_full')
    expect(world.drafts.answer(id, 'F4', '还有一点')).toBe('storage_full')
    expect([world.drafts.find(id)!.answers.F4, world.pictures.kept()]).toEqual([undefined, []])
    storage.set = set
    expect(world.drafts.answer(id, 'F4', '还有一点')).toBe('ok')
  })
})

describe('what is refused before it comes to the server', () => {
  const html = (status: number) => ({ status, body: '<html>no</html>', headers: { 'content-type': 'text/html' } })

  it.each([403, 404, 413])(
    'given a gateway that answers %i with a page, then the item says so at once, and is not tried again by itself',
    async status => {
      world.server.on('POST', evidencePath, () => html(status))
      const id = putTest()
      await world.settled()
      expect([world.outbox.items[0]?.status, world.outbox.failed, sent('POST', evidencePath).length]).toEqual(['failed', 1, 1])
      expect(world.outbox.problemOf(id)?.title).toBe(status === 413 ? '内容太大，半路被拒绝' : '半路被拒绝，没到服务器')
      await world.timers.advance(3_600_000)
      await world.outbox.flush()
      expect(sent('POST', evidencePath)).toHaveLength(1)
      // mended by whoever can: the same once more
      world.server.on('POST', evidencePath, () => ({ status: 201, body: { evidence: {}, migration: {} } }))
      await world.outbox.retryAll()
      expect(world.outbox.unsent).toBe(0)
    },
  )

  it('given a portal that answers everything with a page, then after a few tries it is said, and it is still tried', async () => {
    world.server.on('POST', evidencePath, () => html(200))
    const id = putTest()
    await world.settled()
    expect([world.outbox.failed, world.outbox.items[0]?.status]).toEqual([0, 'waiting'])
    await world.timers.advance(20 * 60_000)
    expect(sent('POST', evidencePath).length).toBeGreaterThanOrEqual(4)
    expect([world.outbox.failed, world.outbox.items[0]?.status]).toEqual([1, 'waiting'])
    expect(world.outbox.problemOf(id)?.title).toBe('没有成功')
    const rows = outboxView(
      {
        items: world.outbox.items,
        held: world.outbox.held,
        problemOf: world.outbox.problemOf,
        photosOf: () => ({ count: 0, sent: 0 }),
        isFixed: () => true,
        template: null,
        language: 'zh-CN',
        now: world.timers.now(),
      },
      sayZhCN,
    )
    expect(rows.mine).toMatchObject([{ id, status: 'stalled', actions: [{ id: 'retry' }, { id: 'remove' }] }])
    expect(rows.mine[0]?.reason).toContain('服务器返回了看不懂的内容')
    world.server.on('POST', evidencePath, () => ({ status: 201, body: { evidence: {}, migration: {} } }))
    await world.timers.advance(20 * 60_000)
    expect(world.outbox.unsent).toBe(0)
  })
})

describe('a domain that is on no list', () => {
  it.each([
    ['UPLOAD_DOMAIN_NOT_ALLOWED', '照片上传未获允许'],
    ['DOMAIN_NOT_ALLOWED', '服务器地址未获允许'],
    ['TOO_MANY_REDIRECTS', '请求被一再转走'],
  ])('%s is for a person at once', (code, title) => {
    const refusal = { kind: 'network' as const, code, status: 0, errors: [], request_id: null, retry_after: null }
    expect(meaningOf(refusal, { parcel: {} as Parcel, photo: null })).toBe('failed')
    expect(isUnsure(refusal)).toBe(false)
    expect(problemView({ code }, sayZhCN).title).toBe(title)
  })
})
