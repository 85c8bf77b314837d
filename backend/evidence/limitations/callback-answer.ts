// What WeChat Pay is answered where a notification was not taken, in the form that it asks for (facts.md §10); and what a person reads who looks at it there.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppError } from '../../http/problems/app-error.ts'
import { problemBody } from '../../http/problems/body.ts'
import type { NotificationFault } from '../../wechatpay/index.ts'

type Fault = NotificationFault | 'NOT_FOUND'

const said: Record<Fault, { status: number; detail: string }> = {
  UNSIGNED: { status: 401, detail: '没有微信支付的签名，或请求头里的签名不完整。只收微信支付发来的通知。' },
  STALE: { status: 401, detail: '签名的时间与服务器时间相差超过 5 分钟。请核对服务器时间。' },
  UNKNOWN_SERIAL: {
    status: 401,
    detail:
      '签名用的微信支付公钥或平台证书没有配置在这里。请核对 WECHATPAY_PUBLIC_KEY_ID；正在换成公钥的，还要配置 WECHATPAY_CALLBACK_CERTIFICATE。',
  },
  PROBE: { status: 401, detail: '这是微信支付的签名探测，按约定不通过。' },
  SIGNATURE_MISMATCH: { status: 401, detail: '签名与内容不符。内容在路上被改过，或验签的公钥不对。' },
  SIGNED_TWICE: { status: 401, detail: '签名的请求头有两份，内容不同。请核对后端前面的代理有没有重复加请求头。' },
  // not known here: WeChat Pay sends it again, perhaps until somebody has set the key
  NO_KEY: { status: 503, detail: '这里没有配置 APIv3 密钥，解不开通知。配置后微信支付会再发。' },
  UNREADABLE: { status: 400, detail: '签名没有问题，但内容不是加密通知的格式，没有处理。请把 request_id 和后端日志交给开发人员核对。' },
  NOT_FOR_US: {
    status: 400,
    detail:
      '用这里的 APIv3 密钥解不开通知。在微信支付平台换过 APIv3 密钥的，请更新 WECHATPAY_API_V3_KEY；没有换过的，请核对回调地址里的商户号。',
  },
  NOT_FOUND: { status: 404, detail: '这里没有这个服务商商户号。请核对回调地址。' },
}

export const refuse = (request: FastifyRequest, reply: FastifyReply, fault: Fault): FastifyReply =>
  reply.code(said[fault].status).send({ code: 'FAIL', message: fault, detail: said[fault].detail, request_id: request.id })

/** What was refused before the notification was looked at: its size, its place, a server that is closing. */
export function refuseAsProblem(request: FastifyRequest, reply: FastifyReply, error: AppError): FastifyReply {
  const { status, code, detail, errors, retry_after } = problemBody(error, request)
  if (retry_after !== undefined) void reply.header('retry-after', retry_after)
  return reply
    .code(status)
    .header('x-request-id', request.id)
    .send({ code: 'FAIL', message: code, detail, request_id: request.id, ...(errors && { errors }) })
}
