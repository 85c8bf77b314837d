// https://api.mch.weixin.qq.com as far as this product uses it: the five gold plan endpoints, one order by its 商户单号,
// the trade bill of a day, what is limited of a merchant.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { refused, signatureHeaders, success, unauthenticated, write, type Answer } from './answers.ts'
import { createAuthenticator } from './authentication.ts'
import { billCall, type BillCounter } from './bills.ts'
import type { SandboxClock } from './clock.ts'
import type { WechatPaySide } from './credentials.ts'
import { limitationsBody, readLimitationCall, type LimitationCall } from './limitations.ts'
import type { Memory } from './memory.ts'
import { decideOrder, orderBody, readOrderCall, type OrderCall, type OrderRecord } from './orders.ts'
import { findEndpoint, readParameters } from './parameters.ts'
import { paramError, REFUSALS, type Refusal } from './refusals.ts'
import { createRequestJournal, type RequestJournal } from './request-journal.ts'
import { decide, type GoldPlanCall } from './rules.ts'
import { scenarioOf, type Fault, type ScenarioName } from './scenarios.ts'
import type { Skies } from './weather.ts'

export interface WechatPayApiOptions {
  side: WechatPaySide
  memory: Memory
  clock: SandboxClock
  journal: RequestJournal
  bills: BillCounter
  skies: Skies
  /** runs after this many seconds unless the sandbox closes first */
  later(seconds: number, run: () => void): void
}

/** ofAnother: the same answer as if it were about another merchant */
type Outcome = { refusal: Refusal } | { answer: Answer; ofAnother: Answer; changed: boolean }

export const createWechatPayApi = ({ side, memory, clock, journal, bills, skies, later }: WechatPayApiOptions) => {
  const authenticate = createAuthenticator(side, clock.now)

  const carryOut = (call: GoldPlanCall, scenario: ScenarioName): Outcome => {
    const decision = decide(call, {
      merchant: memory.merchant(call.sub_mchid),
      provider: memory.provider(),
      scenario,
      now: clock.now(),
    })
    if ('refusal' in decision) return decision
    memory.learn(decision.entry)
    const echoes = call.endpoint === 'changegoldplanstatus' || call.endpoint === 'changecustompagestatus'
    const answer = echoes ? success(200, { sub_mchid: call.sub_mchid }) : success(204)
    return { answer, ofAnother: echoes ? success(200, { sub_mchid: '1900000999' }) : answer, changed: true }
  }

  const lookUp = ({ out_trade_no }: OrderCall, scenario: ScenarioName): Outcome => {
    const decision = decideOrder(memory.order(out_trade_no, clock.now()), scenario)
    if ('refusal' in decision) return decision
    const answerOf = (order: OrderRecord) => success(200, orderBody(order, side.credentials.spMchid))
    return { answer: answerOf(decision.order), ofAnother: answerOf({ ...decision.order, sub_mchid: '1900000999' }), changed: false }
  }

  const tellLimits = (sub_mchid: string, scenario: ScenarioName): Outcome => {
    const { refusal } = scenarioOf(scenario)
    if (refusal) return { refusal: REFUSALS[refusal] }
    const bodyOf = (id: string) => success(200, limitationsBody(id, memory.merchant(sub_mchid).limitations ?? []))
    return { answer: bodyOf(sub_mchid), ofAnother: bodyOf('1900000999'), changed: false }
  }

  const outcomeOf = (call: GoldPlanCall | OrderCall | LimitationCall, scenario: ScenarioName): Outcome => {
    if ('endpoint' in call) return carryOut(call, scenario)
    return 'out_trade_no' in call ? lookUp(call, scenario) : tellLimits(call.sub_mchid, scenario)
  }

  const unseen = createRequestJournal()

  return (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const method = request.method ?? ''
    const url = request.url ?? ''
    const received = { method, url, body, authorization: request.headers.authorization }
    const text = body.toString('utf8')
    const bill = billCall(method, url)
    const limited = readLimitationCall(method, url)
    // asked for by itself, ninety days at a first start: the journal is about what people did
    const entry = (bill || limited ? unseen : journal).open({
      method,
      path: url,
      body: text,
      at: clock.now(),
      serial: request.headers['wechatpay-serial'] as string | undefined,
    })
    const finish = (answer: Answer, signature: Record<string, string>) => {
      entry.answered(answer.http_status, answer.request_id)
      // its time is the sandbox's, in its Date as in its signatures
      write(response, answer, { ...signature, date: clock.now().toUTCString() })
    }

    const objection = authenticate(received)
    if (objection) return finish(unauthenticated(objection.message, { ...received, ...objection }), {})

    // While a provider changes to the public key, WeChat Pay signs with the key that the call names, and with the platform certificate where none is named.
    const named = request.headers['wechatpay-serial']
    const serial = typeof named === 'string' ? named : side.platformSerial
    const { language } = memory.provider()
    if (!side.signingKeys.has(serial)) return finish(refused(unknownSerial(serial), language), {})
    const answerSigned = (answer: Answer, fault?: Fault) =>
      finish(answer, signatureHeaders(answer.body, { side, serial, now: clock.now() }, fault))

    if (bill === 'method') return finish({ ...success(405), body: '' }, {})
    if (bill === 'file') return sendFile(response, bills.file(url))
    if (bill === 'ask') {
      const asked = bills.ask(url, `http://${request.headers.host}`)
      return answerSigned('refusal' in asked ? refused(asked.refusal, language) : success(200, asked.answer))
    }

    const order = readOrderCall(method, url, side.credentials.spMchid)
    const found = findEndpoint(method, url)
    if (!found && !order && !limited) return finish({ ...success(404), body: '' }, {})
    if (order === 'method' || limited === 'method' || found?.method === false) return finish({ ...success(405), body: '' }, {})
    if (!request.headers['user-agent'] || !request.headers.accept?.includes('application/json')) {
      return answerSigned(refused(paramError('Accept', request.headers.accept, 'Http头缺少Accept或User-Agent'), language))
    }
    const read = order ?? limited ?? readParameters(found!.endpoint, text)
    if ('refusal' in read) return answerSigned(refused(read.refusal, language))

    const { call } = read
    const arranged = limited ? memory.takeScenarioOfQuery(call.sub_mchid) : memory.takeScenario(call.sub_mchid)
    const scenario = arranged === 'normal' && 'endpoint' in call ? skies.next(call.sub_mchid, clock.now()) : arranged
    entry.about(call.sub_mchid, scenario)
    const { delay_seconds } = memory.merchant(call.sub_mchid)
    const { fault } = scenarioOf(scenario)
    if (fault === 'lost_before') return void response.destroy()
    if (fault === 'bad_gateway') return finish(ofGateway(502, '502 Bad Gateway'), {})

    const proceed = () => {
      const outcome = outcomeOf(call, scenario)
      if ('refusal' in outcome) return answerSigned(refused(outcome.refusal, language), fault)
      if (outcome.changed) entry.changed()
      const ofOtherText = (body: string) => signatureHeaders(`${body} `, { side, serial, now: clock.now() })
      answerDone(outcome, fault, { response, finish, answerSigned, ofOtherText, slowly: run => later(delay_seconds, run) })
    }
    return fault === 'late' ? later(delay_seconds, proceed) : proceed()
  }
}

/** The ways in which an answer leaves, or does not. */
interface Ways {
  response: ServerResponse
  finish(answer: Answer, signature: Record<string, string>): void
  answerSigned(answer: Answer, fault?: Fault): void
  /** a signature for another text than the one that is sent */
  ofOtherText(body: string): Record<string, string>
  slowly(run: () => void): void
}

/** What was done is told, as far as the fault of the scenario lets it. */
function answerDone(
  { answer, ofAnother }: Exclude<Outcome, { refusal: Refusal }>,
  fault: Fault | undefined,
  { response, finish, answerSigned, ofOtherText, slowly }: Ways,
): void {
  switch (fault) {
    case 'lost_after':
      return void response.destroy()
    case 'slow':
      return slowly(() => answerSigned(answer))
    case 'gateway_timeout':
      return finish(ofGateway(504, '504 Gateway Time-out'), {})
    case 'accepted_202':
      return answerSigned(success(202))
    case 'cut_body':
      return cutBody(response, answer.body || '{"sub_mchid":')
    case 'other_merchant':
      return answerSigned(ofAnother)
    case 'tampered':
      return finish(answer, ofOtherText(answer.body))
    default:
      return answerSigned(answer, fault)
  }
}

/** The connection breaks in the middle. */
function cutBody(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-length': String(body.length + 10), 'content-type': 'application/json' })
  response.write(body.slice(0, 5))
  setImmediate(() => response.destroy())
}

/** What stands before WeChat Pay answers for it. */
const ofGateway = (http_status: number, text: string): Answer => ({
  http_status,
  body: `<html><body>${text}</body></html>`,
  request_id: '',
  headers: { 'content-type': 'text/html' },
})

const unknownSerial = (serial: string): Refusal => {
  const zh = '平台证书序列号Wechatpay-Serial错误'
  return { ...paramError('Wechatpay-Serial', serial, zh), zh, en: zh }
}

/** Its answer carries no signature. */
function sendFile(response: ServerResponse, file: Buffer | undefined): void {
  if (file === undefined) return void response.writeHead(404).end()
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': String(file.length) }).end(file)
}
