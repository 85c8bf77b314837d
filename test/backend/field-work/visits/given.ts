// Answers of whole visits, and photos that they may name.
import type { Role } from '../../../../backend/http/schema.ts'
import { createHash, randomBytes } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import type { Backend } from '../../support/backend.ts'

const chunk = (type: string, content: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** @param compressed its rows, each behind a filter byte */
export function pngOf(size: { width: number; height: number; depth?: 8 | 16; interlaced?: number }, compressed: Buffer): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size.width, 0)
  head.writeUInt32BE(size.height, 4)
  head.set([size.depth ?? 8, 2, 0, 0, size.interlaced ?? 0], 8)
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([mark, chunk('IHDR', head), chunk('IDAT', compressed), chunk('IEND', Buffer.alloc(0))])
}

/**
 * A PNG, opaque, of 8 bits a channel.
 * @param pixel its colour, 0xRRGGBB
 */
export function png(width: number, height: number, pixel: (x: number, y: number) => number, interlaced = 0): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) rows.writeUIntBE(pixel(x, y), y * (1 + width * 3) + 1 + x * 3, 3)
  return pngOf({ width, height, interlaced }, deflateSync(rows))
}

/** A picture like no other. */
export function newPng(width = 40, height = 30): Buffer {
  const noise = randomBytes(width * 3)
  return png(width, height, (x, y) => (y === 0 ? noise.readUIntBE(x * 3, 3) : 0x88ccff))
}

export const photoForm = (
  file: Uint8Array,
  change: { sha256?: string; taken_at?: string; name?: string; type?: string } = {},
): FormData => {
  const form = new FormData()
  form.set('sha256', change.sha256 ?? createHash('sha256').update(file).digest('hex'))
  form.set('taken_at', change.taken_at ?? '2026-11-20T10:00:00+08:00')
  form.set('file', new Blob([Uint8Array.from(file)], { type: change.type ?? 'image/png' }), change.name ?? 'photo.png')
  return form
}

/** @returns the id of a photo that this role has sent */
export async function sendPhoto(backend: Backend, _item: string, role: Role = 'field_agent'): Promise<string> {
  const { body } = await backend.upload<{ id: string }>(role, '/v1/photos', photoForm(newPng()))
  return body.id
}

const common = (front: string) => ({ A1: 'same', A3: [front], A4: true, C1: false, D1: 'none', E1: true, E2: 'not_wanted' })

/** Only 商家扫顾客付款码, everything checked. */
export const answersWithoutJsapi = (front: string): Record<string, unknown> => ({
  ...common(front),
  B1: ['payment_code'],
  B2: 'no',
  B3: true,
})

/** A sticker that opens a web page, paid, the merchant's receipt seen. */
export const testedAnswers = (front: string, page: string): Record<string, unknown> => ({
  ...common(front),
  B1: ['table_sticker', 'payment_code'],
  B2: 'yes',
  C2: 'done',
  C3: 'yes',
  C3b: 'merchant_receipt',
  C4: [page],
  C5: true,
  D2: true,
  D3: 2,
  D4: 'works',
  F1: true,
})
