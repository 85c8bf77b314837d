import { randomBytes } from 'node:crypto'
import type { TransportFile } from '../../../miniprogram/api/transport.ts'

/** As wx.uploadFile sends it: the fields, then the file. */
export function multipart({ path, name, form }: TransportFile, content: Buffer): { contentType: string; body: Buffer } {
  const boundary = `----${randomBytes(12).toString('hex')}`
  const head = (disposition: string) => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}`
  const fields = Object.entries(form).map(([field, value]) => `${head(`name="${field}"`)}\r\n\r\n${value}\r\n`)
  const file = `${head(`name="${name}"; filename="${path.split('/').at(-1)}"`)}\r\nContent-Type: image/jpeg\r\n\r\n`
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(fields.join('') + file), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}
