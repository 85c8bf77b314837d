// Photos: what is taken, what is left of it, who sees it, and how long it stays.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { removeUnattachedPhotos } from '../../../../backend/field-work/photos/clean.ts'
import { readImageHeader } from '../../../../backend/field-work/photos/image-header.ts'
import { reencode } from '../../../../backend/field-work/photos/reencode.ts'
import type { PhotoLink, PhotoUploaded } from '../../../../backend/field-work/photos/schema.ts'
import type { Problem, Role } from '../../../../backend/http/schema.ts'
import { day, hour, minute, startBackend, type Backend } from '../../support/backend.ts'
import { answersWithoutJsapi, newPng, photoForm, png, sendPhoto } from '../visits/given.ts'

let backend: Backend
const sub_mchid = '1900000101'
const folder = mkdtempSync(join(tmpdir(), 'goldplan-photos-'))
beforeAll(async () => {
  backend = await startBackend({ photoDir: folder })
  await backend.addMerchant(sub_mchid)
  await backend.addMerchant('1900000102', { region_code: '110105' })
})
afterAll(async () => {
  await backend.close()
  rmSync(folder, { recursive: true, force: true })
})

const send = (form: FormData, role: Role = 'field_agent', headers: Record<string, string> = {}) =>
  backend.upload<PhotoUploaded & Partial<Problem>>(role, '/v1/photos', form, headers)
const link = (id: string, role: Role = 'field_agent') => backend.call<PhotoLink>(role, 'GET', `/v1/photos/${id}/url`)
const fetched = async (url: string) => {
  const answer = await fetch(backend.url + url)
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}
const files = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.includes('.'))
const visit = (answers: object, shop = sub_mchid, role: Role = 'field_agent') =>
  backend.call(role, 'PUT', `/v1/visits/${randomUUID()}`, {
    headers: { 'idempotency-key': randomUUID() },
    body: {
      sub_mchid: shop,
      template_version: 1,
      status: 'submitted',
      started_at: new Date(backend.clock.now().getTime() - minute).toISOString(),
      ended_at: backend.clock.now().toISOString(),
      answers,
    },
  })
/** A JPEG with EXIF that names a place, and a comment. */
async function jpegWithPlace(): Promise<Buffer> {
  // of one colour: among the bytes of a random picture any three letters may stand
  const { bytes } = await reencode(png(60, 40, () => 0x88ccff))
  const segment = (marker: number, text: string) => {
    const content = Buffer.from(text, 'latin1')
    return Buffer.concat([Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255]), content])
  }
  // little-endian TIFF: Orientation 6 (turned right), and a text that stands for the place
  const tiff = 'II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPS 22.5333N 113.9304E'
  return Buffer.concat([bytes.subarray(0, 2), segment(0xe1, `Exif\0\0${tiff}`), segment(0xfe, 'Camera 42'), bytes.subarray(2)])
}

describe('what arrives', () => {
  test('given a photo with its place in it, then what is kept is turned upright and holds neither place nor camera', async () => {
    const original = await jpegWithPlace()
    const { status, body } = await send(photoForm(original, { name: 'IMG_1.jpg', type: 'image/jpeg' }))
    expect([status, body.width, body.height]).toEqual([201, 40, 60])
    const kept = await fetched(body.url)
    expect([kept.status, kept.headers.get('content-type'), kept.headers.get('cache-control')]).toEqual([200, 'image/jpeg', 'no-store'])
    expect(readImageHeader(kept.bytes)).toEqual({ type: 'jpeg', width: 40, height: 60 })
    expect(original.toString('latin1')).toContain('GPS')
    for (const word of ['Exif', 'GPS', 'Camera']) expect(kept.bytes.toString('latin1')).not.toContain(word)
  })
  test('given a PNG of 2,400 × 1,200, then 1,600 × 800 and JPEG', async () => {
    const { body } = await send(photoForm(newPng(2_400, 1_200)))
    expect([body.width, body.height]).toEqual([1_600, 800])
  })
  test('given the same file again, at once or later, with any key, then the same photo with 200; for another person another one', async () => {
    const file = newPng()
    const both = await Promise.all([send(photoForm(file)), send(photoForm(file))])
    const later = await send(photoForm(file, { name: 'other-name.png' }))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201])
    expect([later.status, new Set([...both, later].map(({ body }) => body.id)).size]).toEqual([200, 1])
    const theirs = await send(photoForm(file), 'operator')
    expect([theirs.status, theirs.body.id === later.body.id]).toEqual([201, false])
    expect(files().filter(name => name.includes(later.body.id))).toHaveLength(1)
  })
  test('given a key that stood for another photo, then it is refused', async () => {
    const headers = { 'idempotency-key': randomUUID() }
    await send(photoForm(newPng()), 'field_agent', headers)
    expect((await send(photoForm(newPng()), 'field_agent', headers)).body.code).toBe('IDEMPOTENCY_KEY_REUSED')
  })
})

describe('what is refused', () => {
  const script = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  const cut = newPng(300, 300).subarray(0, 200)
  test.each([
    ['a script called photo.jpg', script, 415, 'PHOTO_UNREADABLE'],
    ['a ZIP called photo.jpg', Buffer.from('PK\u0003\u0004 and more'), 415, 'PHOTO_UNREADABLE'],
    ['a GIF', Buffer.from('GIF89a\u0001\0\u0001\0\0\0\0;'), 415, 'PHOTO_UNREADABLE'],
    ['nothing', Buffer.alloc(0), 415, 'PHOTO_UNREADABLE'],
    ['the beginning of a PNG', cut, 415, 'PHOTO_UNREADABLE'],
    [
      'JPEG bytes without a picture',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xd9, 0, 0, 0, 0, 0, 0]),
      415,
      'PHOTO_UNREADABLE',
    ],
    ['an interlaced PNG', png(8, 8, () => 0, 1), 415, 'PHOTO_UNREADABLE'],
    ['a PNG that unfolds to 30,000 × 30,000', bomb(), 413, 'PHOTO_TOO_LARGE'],
    ['5 MB', Buffer.concat([newPng(), Buffer.alloc(5 * 1024 * 1024)]), 413, 'PHOTO_TOO_LARGE'],
  ])('given %s, then it is refused by name and nothing is kept', async (_, file, status, code) => {
    const before = files().length
    const answer = await send(photoForm(file, { name: 'photo.jpg', type: 'image/jpeg' }))
    expect([answer.status, answer.body.code, files().length]).toEqual([status, code, before])
    expect((await send(photoForm(newPng()))).status).toBe(201)
  })
  function bomb(): Buffer {
    const small = png(2, 2, () => 0)
    small.writeUInt32BE(30_000, 16)
    small.writeUInt32BE(30_000, 20)
    return small
  }
  test.each([
    ['a hash of something else', { sha256: createHash('sha256').update('x').digest('hex') }, 'sha256', 'MISMATCH'],
    ['no hash', { sha256: '' }, 'sha256', 'WRONG_FORMAT'],
    ['no time', { taken_at: 'yesterday' }, 'taken_at', 'WRONG_FORMAT'],
    ['a day that there is not', { taken_at: '2026-02-30T10:00:00Z' }, 'taken_at', 'WRONG_FORMAT'],
    ['a time that is none', { taken_at: '2026-02-30T25:00:00Z' }, 'taken_at', 'WRONG_FORMAT'],
  ])('given %s, then 422 names the field', async (_, change, field, code) => {
    const { status, body } = await send(photoForm(newPng(), change))
    expect([status, body.errors?.map(error => [error.field, error.code])]).toEqual([422, [[field, code]]])
  })
  test('given a phone whose clock began again at 1970, then its photo is taken', async () => {
    expect((await send(photoForm(newPng(), { taken_at: '1970-01-01T00:20:00.000Z' }))).status).toBe(201)
  })
  test('given JSON, a form without a file, a form that is cut, two files, or no key, then each is refused by name', async () => {
    const empty = new FormData()
    empty.set('taken_at', '2026-11-20T10:00:00+08:00')
    const two = photoForm(newPng())
    two.append('file', new Blob(['x']), 'y')
    const headers = { 'idempotency-key': randomUUID(), 'content-type': 'multipart/form-data; boundary=x' }
    const cut = await backend.call('field_agent', 'POST', '/v1/photos', {
      raw: '--x\r\nContent-Disposition: form-data; name="file"',
      headers,
    })
    const json = await backend.call('field_agent', 'POST', '/v1/photos', { body: {}, headers: { 'idempotency-key': randomUUID() } })
    const keyless = await send(photoForm(newPng()), 'field_agent', { 'idempotency-key': '' })
    const answers = [json, await send(empty), cut, await send(two), keyless]
    expect(answers.map(({ body }) => body.code)).toEqual([
      'UNSUPPORTED_MEDIA_TYPE',
      'VALIDATION_FAILED',
      'MALFORMED_BODY',
      'BODY_TOO_LARGE',
      'IDEMPOTENCY_KEY_REQUIRED',
    ])
  })
  test.each(['auditor', 'admin'] as const)('given the role %s, then 403', async role => {
    expect((await send(photoForm(newPng()), role)).body).toMatchObject({ code: 'ACTION_FORBIDDEN', required_action: 'photo.write' })
  })
})

describe('who sees it', () => {
  test('given a photo of mine, then nobody else sees it until it belongs to a visit, and then whoever sees the shop', async () => {
    const id = await sendPhoto(backend, 'A3')
    const seenBy = async () =>
      Promise.all((['field_agent', 'region_lead', 'operator', 'auditor'] as const).map(async role => (await link(id, role)).status))
    expect(await seenBy()).toEqual([200, 404, 404, 404])
    expect((await visit(answersWithoutJsapi(id))).status).toBe(201)
    expect(await seenBy()).toEqual([200, 200, 200, 200])
  })
  test('given a photo of a shop in 北京, then a field agent of 南山 and a lead of 深圳 do not see it', async () => {
    const id = await sendPhoto(backend, 'A3', 'operator')
    expect((await visit(answersWithoutJsapi(id), '1900000102', 'operator')).status).toBe(201)
    const seen = await Promise.all((['field_agent', 'region_lead', 'auditor'] as const).map(async role => (await link(id, role)).status))
    expect(seen).toEqual([404, 404, 200])
  })
  test('given a test payment that names it, then it belongs to that evidence; one that was never sent is refused', async () => {
    const id = await sendPhoto(backend, 'C4')
    const write = (photo_id: string) =>
      backend.call<Partial<Problem>>('field_agent', 'POST', `/v1/sub-merchants/${sub_mchid}/evidence`, {
        headers: { 'idempotency-key': randomUUID() },
        body: {
          id: randomUUID(),
          kind: 'test_payment',
          occurred_at: backend.clock.now().toISOString(),
          detail: { entry: 'other', web_page_opened: true, payee_matches: 'yes', after_page: 'closed', photo_ids: [photo_id] },
        },
      })
    expect((await write(randomUUID())).body.errors).toMatchObject([{ field: 'detail.photo_ids', code: 'PHOTO_MISSING' }])
    expect((await write(id)).status).toBe(201)
    expect((await link(id, 'region_lead')).status).toBe(200)
  })
  test('given a link, then it works for 15 minutes, for this photo only, and not when a character of it is changed', async () => {
    const [one, other] = [await sendPhoto(backend, 'A3'), await sendPhoto(backend, 'A3')]
    const { url } = (await link(one)).body
    expect((await fetched(url)).status).toBe(200)
    expect((await fetched(url.replace(one, other))).status).toBe(403)
    expect((await fetched(url.replace(/expires=\d/, 'expires=9'))).status).toBe(403)
    expect((await fetched(url.replace(/.$/, last => (last === 'A' ? 'E' : 'A')))).status).toBe(403)
    backend.sandbox.control.clock.advance(14 * minute)
    expect((await fetched(url)).status).toBe(200)
    backend.sandbox.control.clock.advance(2 * minute)
    expect(JSON.parse((await fetched(url)).bytes.toString())).toMatchObject({ code: 'PHOTO_LINK_INVALID' })
  })
})

test('given 7 days, then what belongs to nothing is removed, file and all; what is named or was sent again stays', async () => {
  const [loose, kept] = [await sendPhoto(backend, 'A3'), await sendPhoto(backend, 'A3')]
  const again = newPng()
  const { body } = await send(photoForm(again))
  await visit(answersWithoutJsapi(kept))
  backend.sandbox.control.clock.advance(7 * day - hour)
  await send(photoForm(again))
  expect((await link(loose)).status).toBe(200)
  backend.sandbox.control.clock.advance(2 * hour)
  expect(await removeUnattachedPhotos(backend.app.context)).toBeGreaterThan(0)
  expect([(await link(loose)).status, (await link(kept)).status, (await link(body.id)).status]).toEqual([404, 200, 200])
  expect(existsSync(join(folder, loose.slice(0, 2), `${loose}.jpg`))).toBe(false)
  expect((await visit(answersWithoutJsapi(loose))).status).toBe(422)
})

test('given a folder that cannot be written, then a photo is to come again, and is taken once somebody has mended it', async () => {
  const form = photoForm(newPng())
  renameSync(folder, `${folder}.away`)
  // rights do not stop root: what is there is no folder
  writeFileSync(folder, '')
  const refused = await send(form)
  rmSync(folder)
  renameSync(`${folder}.away`, folder)
  expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([503, 'OVERLOADED', '2'])
  const taken = await send(form)
  expect([taken.status, files().some(name => name.includes(taken.body.id))]).toEqual([200, true])
})
