// Stands in for WeChat and WeChat Pay on a machine without credentials: same wire, same signatures, same rules. Never part of the backend.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../backend/platform/clock.ts'
import { createBills } from './bills.ts'
import { createSandboxClock } from './clock.ts'
import { createCode2Session } from './code2session.ts'
import { createControlHttp } from './control-http.ts'
import { createControl, type SandboxControl } from './control.ts'
import { environmentFor, openWorld, type SandboxCredentials, type VerificationMode } from './credentials.ts'
import { assertSandboxAllowed } from './guard.ts'
import { notification, type NotificationRequest, type NotificationSpec } from './notifications.ts'
import { openMemory } from './memory.ts'
import { createMail } from './messages.ts'
import { createPanel } from './panel.ts'
import { createPaymentPage, PAYMENT_PAGE_PATH } from './payment-page.ts'
import { createReceiptSource, RECEIPT_SOURCE_PATH } from './receipt-source.ts'
import { createRequestJournal } from './request-journal.ts'
import { createSkies } from './weather.ts'
import { createWechatPayApi } from './wechat-pay-api.ts'

export { MINI_PROGRAM_APPID, OFFICIAL_ACCOUNT_APPID, type OrderChange } from './orders.ts'
export { ALL_COLUMNS, billText, changedBill, type BillChange, type BillPayments } from './bills.ts'
export { LIMITED_FUNCTIONS, RECOVER_WAYS, type Limitation } from './limitations.ts'
export type { NotificationSpec } from './notifications.ts'
export { SCENARIOS, type ScenarioName } from './scenarios.ts'

export interface SandboxOptions {
  spMchid: string
  /** 0 = a free one */
  port?: number
  /** where the clock's offset is written for the backend's fileClock */
  clockFile?: string
  /** keeps keys and WeChat's memory over restarts; without it both live in memory */
  folder?: string
  /** the address of the backend's receipt page, as it would be entered in WeChat's console */
  receiptLink?: string
  /** looked at for real secrets; process.env when absent */
  environment?: Readonly<Record<string, string | undefined>>
}

export interface Sandbox {
  url: string
  controlUrl: string
  credentials: SandboxCredentials
  control: SandboxControl
  /** a call of WeChat Pay to the backend, as it would be sent at this moment */
  notification(spec: NotificationSpec): NotificationRequest
  /** the provider's order system, and the page that customers see; loopback addresses */
  receipts: { link: string; sourceUrl: string; sourceKey: string; customerUrl: string }
  /** the backend's environment variables for this sandbox, keys as PEM text */
  environment(mode?: VerificationMode): Record<string, string>
  /** the argument of createWechatPay, with the sandbox's clock */
  wechatPayConfig(mode?: VerificationMode): WechatPaySettings
  close(): Promise<void>
}

interface WechatPaySettings {
  baseUrl: string
  spMchid: string
  privateKey: string
  serialNo: string
  publicKeyId?: string
  publicKey?: string
  platformCertificate?: string
  apiV3Keys: string[]
  clock: Clock
}

const LARGEST_BODY_BYTES = 1024 * 1024

/** @throws SandboxRefused where real secrets or a public HOST are set */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  assertSandboxAllowed(options.environment ?? process.env)
  const side = await openWorld(options.spMchid, options.folder)
  const { credentials } = side
  const clock = createSandboxClock(options.clockFile)
  const memory = openMemory(options.folder === undefined ? undefined : `${options.folder}/memory.json`)
  const journal = createRequestJournal()
  const bills = createBills(credentials.spMchid, memory.bill, clock.now)
  const skies = createSkies()
  const mail = createMail(side, clock.now)
  const control = createControl({ memory, clock, journal, bills, skies, mail })
  const waiting = new Set<NodeJS.Timeout>()
  const later = (seconds: number, run: () => void) => {
    const timer = setTimeout(() => {
      waiting.delete(timer)
      run()
    }, seconds * 1000)
    waiting.add(timer)
  }
  const wechatPayApi = createWechatPayApi({ side, memory, clock, journal, bills, skies, later })
  const code2Session = createCode2Session(side, memory)
  const controlHttp = createControlHttp(control, createPanel(memory, control))
  const receiptLink = options.receiptLink ?? 'http://127.0.0.1:8787/receipt'
  // made of the sandbox's own secret: the same over restarts where the world is kept
  const receiptKey = createHash('sha256').update(`receipts ${credentials.appSecret}`).digest('hex')
  const receiptSource = createReceiptSource(memory, clock, receiptKey)
  const paymentPage = createPaymentPage(memory, clock, receiptLink)

  const server = createServer(async (request, response) => {
    const body = await readBody(request)
    if (body === undefined) return void response.destroy()
    const path = (request.url ?? '').split('?')[0] ?? ''
    if (path === '/control' || path.startsWith('/control/')) controlHttp(request, response, body)
    else if (path === '/sns/jscode2session' && request.method === 'GET') code2Session(request, response)
    else if (path === '/cgi-bin/stable_token' && request.method === 'POST') mail.token(request, response, body)
    else if (path === '/cgi-bin/message/subscribe/send' && request.method === 'POST') mail.message(request, response, body)
    else if (path === RECEIPT_SOURCE_PATH) receiptSource(request, response, body)
    else if (path === PAYMENT_PAGE_PATH) paymentPage(request, response)
    else wechatPayApi(request, response, body)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url,
    controlUrl: `${url}/control`,
    credentials,
    control,
    notification: spec => notification(side, spec, clock.now()),
    receipts: {
      link: receiptLink,
      sourceUrl: `${url}${RECEIPT_SOURCE_PATH}`,
      sourceKey: receiptKey,
      customerUrl: `${url}${PAYMENT_PAGE_PATH}`,
    },
    environment: (mode = 'public_key') => environmentFor(credentials, url, mode),
    wechatPayConfig: (mode = 'public_key') => ({
      baseUrl: url,
      spMchid: credentials.spMchid,
      privateKey: credentials.privateKey,
      serialNo: credentials.serialNo,
      ...(mode === 'public_key'
        ? { publicKeyId: credentials.publicKeyId, publicKey: credentials.publicKey }
        : { platformCertificate: credentials.platformCertificate }),
      apiV3Keys: [credentials.apiV3Key],
      clock,
    }),
    close: () =>
      new Promise(resolve => {
        for (const timer of waiting) clearTimeout(timer)
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** @returns undefined when the caller went away or sends too much */
const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > LARGEST_BODY_BYTES) return undefined
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch {
    return undefined // the caller is gone, there is nobody to tell
  }
}
