// Files that were made to hurt: each is refused by what it says of itself, or decoded in bounds, and its sender delays nobody else.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect as connectSocket, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readImageHeader } from '../../../../backend/field-work/photos/image-header.ts'
import { reencode } from '../../../../backend/field-work/photos/reencode.ts'
import type { PhotoUploaded } from '../../../../backend/field-work/photos/schema.ts'
import { photoTurns } from '../../../../backend/field-work/photos/upload.ts'
import type { Problem, Role } from '../../../../backend/http/schema.ts'
import { eventually } from '../../../support/eventually.ts'
import { startBackend, type Backend } from '../../support/backend.ts'
import { newPng, photoForm, pngOf } from '../visits/given.ts'

let backend: Backend
const folder = mkdtempSync(join(tmpdir(), 'goldplan-photos-'))
beforeAll(async () => {
  backend = await startBackend({ photoDir: folder })
})
afterAll(async () => {
  await backend.close()
  rmSync(folder, { recursive: true, force: true })
})
const send = (file: Uint8Array, role: Role = 'field_agent') =>
  backend.upload<PhotoUploaded & Partial<Problem>>(role, '/v1/photos', photoForm(file))

/** All black, at the cost of a few KB. */
const flatPng = (width: number, height: number, depth: 8 | 16): Buffer =>
  pngOf({ width, height, depth }, deflateSync(Buffer.alloc(height * (1 + (width * 3 * depth) / 8))))

const segmentAt = (jpeg: Buffer, at: number) => jpeg.subarray(at, at + 2 + jpeg.readUInt16BE(at + 2))
const startOf = (jpeg: Buffer, marker: number) => jpeg.indexOf(Buffer.from([0xff, marker]))

async function jpeg(): Promise<Buffer> {
  return Buffer.from((await reencode(newPng(64, 48))).bytes)
}
/** The whole picture again and again, as a progressive file of that many scans would have it. */
async function manyScans(scans: number): Promise<Buffer> {
  const whole = await jpeg()
  const scan = whole.subarray(startOf(whole, 0xda), whole.length - 2)
  return Buffer.concat([whole.subarray(0, whole.length - 2), ...Array.from({ length: scans - 1 }, () => scan), Buffer.from([0xff, 0xd9])])
}
/** Says 64 × 48 first, and 30,000 × 30,000 before the picture. */
async function secondFrame(): Promise<Buffer> {
  const whole = await jpeg()
  const frame = segmentAt(whole, startOf(whole, 0xc0))
  const larger = Buffer.from(frame)
  larger.writeUInt16BE(30_000, 5)
  larger.writeUInt16BE(30_000, 7)
  const after = startOf(whole, 0xc0) + frame.length
  return Buffer.concat([whole.subarray(0, after), larger, whole.subarray(after)])
}

describe('what a file says of itself', () => {
  test.each([
    ['a JPEG of 9,000 scans', () => manyScans(9_000), 415, 'PHOTO_UNREADABLE'],
    ['a JPEG of 41 scans', () => manyScans(41), 415, 'PHOTO_UNREADABLE'],
    ['a JPEG with a second frame', secondFrame, 415, 'PHOTO_UNREADABLE'],
    ['a PNG of 1 × 16,000,000', async () => flatPng(1, 16_000_000, 8), 415, 'PHOTO_UNREADABLE'],
    ['a PNG of 200 × 16,000', async () => flatPng(200, 16_000, 8), 415, 'PHOTO_UNREADABLE'],
    ['a PNG of 4,000 × 4,001', async () => flatPng(4_000, 4_001, 8), 413, 'PHOTO_TOO_LARGE'],
  ])('given %s, then it is refused before anything decodes it', async (_, file, status, code) => {
    const answer = await send(await file())
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })
  test('given a progressive JPEG as cameras write it, then its size is read and its scans are within bounds', async () => {
    const { default: sharp } = await import('sharp')
    const file = await sharp(newPng(640, 480)).jpeg({ progressive: true }).toBuffer()
    expect(readImageHeader(file)).toEqual({ type: 'jpeg', width: 640, height: 480 })
    expect((await send(file)).status).toBe(201)
  })
  test('given the largest PNG of 16 bits that is taken, then it is a photo like any other', async () => {
    const { status, body } = await send(flatPng(4_000, 4_000, 16))
    expect([status, body.width, body.height]).toEqual([201, 1_600, 1_600])
  })
})

describe('turns', () => {
  test('given as many photos of one person as may wait, then one more is 503 and comes again later; a colleague is served', async () => {
    const { lane } = backend.app.context.photos
    let end = (): void => undefined
    const held = new Promise<void>(done => (end = done))
    const waiting = Array.from({ length: photoTurns.perPerson }, () => lane.run(backend.staffId('field_agent'), () => held))
    const refused = await send(newPng())
    expect([refused.status, refused.body.code, refused.body.retry_after, refused.headers.get('retry-after')]).toEqual([
      503,
      'OVERLOADED',
      photoTurns.retryAfter,
      String(photoTurns.retryAfter),
    ])
    expect((await send(newPng(), 'operator')).status).toBe(201)
    end()
    await Promise.all(waiting)
    expect((await send(newPng())).status).toBe(201)
  })
  test('given forms of one person that do not go on, then only nine are taken and the next is 503 before it is read, a colleague is served, and their end makes room', async () => {
    const { token } = (await backend.call<{ token: string }>(null, 'POST', '/v1/sessions', { body: { code: 'demo-field_agent' } })).body
    const { hostname, port } = new URL(backend.url)
    const half = () =>
      new Promise<Socket>(done => {
        const socket = connectSocket(Number(port), hostname, () => {
          const head = [
            'POST /v1/photos HTTP/1.1',
            'host: backend',
            `authorization: Bearer ${token}`,
            `idempotency-key: ${randomUUID()}`,
            'content-type: multipart/form-data; boundary=x',
            'content-length: 3000000',
          ]
          socket.write(`${head.join('\r\n')}\r\n\r\n--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n1234`)
          done(socket)
        })
        socket.on('error', () => undefined)
      })
    const sockets: Socket[] = []
    await eventually('no more of this person are taken', async () => {
      sockets.push(await half())
      return (await send(newPng())).status === 503
    })
    expect(sockets.length).toBeGreaterThanOrEqual(photoTurns.perPerson)
    expect((await send(newPng(), 'operator')).status).toBe(201)
    for (const socket of sockets) socket.destroy()
    await eventually('there is room again', async () => (await send(newPng())).status === 201)
  })
  test('given the same photo nine times at once, then one of them is new', async () => {
    const file = newPng(300, 200)
    const answers = await Promise.all(Array.from({ length: photoTurns.perPerson }, () => send(file)))
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(photoTurns.perPerson - 1).fill(200), 201])
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  })
})
