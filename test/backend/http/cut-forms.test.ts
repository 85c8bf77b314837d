// Forms that are cut while they are sent, as a phone in a lift does it: their places are free again, and the next one is taken.
import { createHash, randomUUID } from 'node:crypto'
import { connect as connectSocket } from 'node:net'
import { afterAll, beforeAll, test } from '@jest/globals'
import { listTurns } from '../../../backend/directory/portal-lists/upload.ts'
import { photoTurns } from '../../../backend/field-work/photos/upload.ts'
import { eventually } from '../../support/eventually.ts'
import { newPng } from '../field-work/visits/given.ts'
import { startBackend, type Backend } from '../support/backend.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend?.close())

const photo = newPng()
const field = (name: string, value: string) => `--cut\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const file = (name: string) => `--cut\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`
const end = '\r\n--cut--\r\n'
const forms = {
  '/v1/photos': () =>
    Buffer.concat([
      Buffer.from(field('sha256', createHash('sha256').update(photo).digest('hex'))),
      Buffer.from(field('taken_at', '2026-11-20T10:00:00+08:00') + file('photo.jpg')),
      photo,
      Buffer.from(end),
    ]),
  '/v1/portal-check-lists': () => Buffer.from(`${file('list.csv')}商户号,点金计划\n1900000109,open\n${end}`),
}
type Path = keyof typeof forms

/** How many bytes are sent and how many are announced, and what comes then. */
const cuts = {
  'ends its side in the middle': { sent: -20, said: 0, last: 'end' },
  'is gone in the middle': { sent: -20, said: 0, last: 'destroy' },
  'sends more than it announced': { sent: 0, said: -10, last: 'end' },
  'is gone before its last byte was read': { sent: 0, said: 0, last: 'destroy' },
} as const

function send(
  path: Path,
  token: string,
  { sent, said, last }: { sent: number; said: number; last: 'end' | 'destroy' | 'ref' },
): Promise<string> {
  const body = forms[path]()
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: backend',
    'connection: close',
    `authorization: Bearer ${token}`,
    `idempotency-key: ${randomUUID()}`,
    'content-type: multipart/form-data; boundary=cut',
    `content-length: ${body.length + said}`,
  ]
  const bytes = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body.subarray(0, body.length + sent)])
  const { hostname, port } = new URL(backend.url)
  return new Promise((done, fail) => {
    let answer = ''
    const socket = connectSocket(Number(port), hostname, () => socket.write(bytes, () => socket[last]()))
    socket.on('data', chunk => (answer += chunk.toString()))
    socket.once('close', () => done(answer)).once('error', fail)
  })
}

/** `ref` does nothing: it waits for its answer */
const whole = { sent: 0, said: 0, last: 'ref' } as const
test.each(
  (['/v1/photos', '/v1/portal-check-lists'] as const).flatMap(path =>
    Object.entries(cuts).map(([what, cut]) => [path, what, cut] as const),
  ),
)('given a sender to %s who %s, again and again, then the next whole form is taken', async (path, _what, cut) => {
  const [role, places] = path === '/v1/photos' ? (['field_agent', photoTurns] as const) : (['operator', listTurns] as const)
  const session = await backend.call<{ token: string }>(null, 'POST', '/v1/sessions', { body: { code: `demo-${role}` } })
  const { token } = session.body
  // one after the other, and side by side
  for (let turn = 0; turn <= places.perPerson; turn += 1) await send(path, token, cut)
  await Promise.all(Array.from({ length: places.perPerson }, () => send(path, token, cut)))
  await eventually('a whole form is taken', async () => /^HTTP\/1.1 20[01] /.test(await send(path, token, whole)))
})
