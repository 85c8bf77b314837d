// What is wrong with a request as such, before any rule of ours is asked: which part of it, in the caller's words, and what to do about it.
import type { FastifyRequest } from 'fastify'
import { AppError } from './app-error.ts'
import { isEnglish } from './body.ts'
import type { ProblemCode } from './catalogue.ts'

interface RequestFault {
  /** the part of the request: a header in lower case, `method`, `path`, `request line`, `headers`, `body` or `protocol` */
  field: string
  code: 'REQUIRED' | 'WRONG_FORMAT' | 'NOT_ALLOWED' | 'TOO_LONG' | 'TOO_DEEP' | 'CUT' | 'MISMATCH'
  zh: string
  en: string
}

/** @param acceptLanguage as it was sent, where it could be read */
export function faultyRequest(code: ProblemCode, fault: RequestFault, acceptLanguage: string | undefined): AppError {
  const errors = [{ field: fault.field, code: fault.code, message: fault.en }]
  return new AppError(code, { detail: isEnglish(acceptLanguage) ? fault.en : fault.zh, errors })
}

const unreadableHeader: RequestFault = {
  field: 'headers',
  code: 'WRONG_FORMAT',
  zh: '请求头里有一行读不懂。每行写成「名字: 值」，用 CRLF 换行，不能有控制字符。',
  en: 'One of the headers cannot be read: write each as "name: value", end it with CRLF, and leave control characters out',
}
const unreadableLine: RequestFault = {
  field: 'request line',
  code: 'WRONG_FORMAT',
  zh: '请求的第一行读不懂。写成「方法 路径 HTTP/1.1」，用 CRLF 换行。',
  en: 'The first line of the request cannot be read: write "METHOD /path HTTP/1.1" and end it with CRLF',
}
const unreadableLength: RequestFault = {
  field: 'content-length',
  code: 'WRONG_FORMAT',
  zh: 'Content-Length 不对。只写一次，写内容的字节数。',
  en: 'Content-Length is wrong: send it once, with the number of bytes of the body',
}
const unreadableChunk: RequestFault = {
  field: 'body',
  code: 'WRONG_FORMAT',
  zh: '分块（chunked）的内容读不懂。请改发 Content-Length，或检查每块的长度。',
  en: 'The chunks of the body cannot be read: check the length of each, or send Content-Length instead',
}
const otherProtocol = (zh: string, en: string): RequestFault => ({
  field: 'protocol',
  code: 'NOT_ALLOWED',
  zh: `这个端口只说 HTTP/1.1，收到的是 ${zh}`,
  en: `This port speaks HTTP/1.1 and got ${en}`,
})

/** Of Node's HTTP parser, by its code. */
const unreadable: Readonly<Record<string, RequestFault>> = {
  HPE_INVALID_METHOD: unreadableLine,
  HPE_INVALID_CONSTANT: unreadableLine,
  HPE_INVALID_VERSION: unreadableLine,
  HPE_INVALID_URL: {
    field: 'path',
    code: 'WRONG_FORMAT',
    zh: '请求的路径读不懂。路径以 / 开头，中文和空格要写成百分号编码。',
    en: 'The path of the request cannot be read: begin it with /, and percent-encode what is not ASCII',
  },
  HPE_INVALID_HEADER_TOKEN: unreadableHeader,
  HPE_CR_EXPECTED: unreadableHeader,
  HPE_LF_EXPECTED: unreadableHeader,
  HPE_INVALID_CONTENT_LENGTH: unreadableLength,
  HPE_UNEXPECTED_CONTENT_LENGTH: unreadableLength,
  HPE_INVALID_TRANSFER_ENCODING: {
    field: 'transfer-encoding',
    code: 'NOT_ALLOWED',
    zh: 'Transfer-Encoding 只收 chunked，并且不能同时有 Content-Length。',
    en: 'Transfer-Encoding may only be chunked, and not beside Content-Length',
  },
  HPE_INVALID_CHUNK_SIZE: unreadableChunk,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: unreadableChunk,
  HPE_STRICT: unreadableChunk,
  HPE_INVALID_EOF_STATE: {
    field: 'body',
    code: 'CUT',
    zh: '连接在请求发完之前断开了，没有执行。请重发。',
    en: 'The connection ended before the whole request had arrived; nothing was done: send it again',
  },
  HPE_CLOSED_CONNECTION: {
    field: 'headers',
    code: 'NOT_ALLOWED',
    zh: '写了 Connection: close 之后还有内容。新的请求请另开连接。',
    en: 'Something follows a request that said Connection: close: open another connection for it',
  },
  HPE_HEADER_OVERFLOW: {
    field: 'headers',
    code: 'TOO_LONG',
    zh: '请求的路径和请求头合起来超过 16 KB。请缩短路径或去掉多余的请求头。',
    en: 'Path and headers are longer than 16 KB together: shorten the path or leave headers out',
  },
  HPE_PAUSED_H2_UPGRADE: otherProtocol(
    'HTTP/2。请改用 HTTP/1.1，或经过前面的反向代理。',
    'HTTP/2: use HTTP/1.1, or the reverse proxy in front',
  ),
}
const tls = otherProtocol(
  'HTTPS（TLS）。请把地址改成 http://，或经过前面的反向代理。',
  'TLS: write http:// instead of https://, or use the reverse proxy in front',
)
/** CONNECT */
export const tunnel: RequestFault = {
  field: 'method',
  code: 'NOT_ALLOWED',
  zh: '这里不是代理，不转发连接（CONNECT）。请从代理设置里去掉这个地址。',
  en: 'This is no proxy and forwards no connection (CONNECT): take this address out of the proxy settings',
}
const handshakeOfTls = 0x16

/** @param code of Node's HTTP parser @param arrived what it could not read; null where nothing is known of what is wrong */
export function unreadableFault(code = '', arrived: Buffer): RequestFault | null {
  if (code === 'HPE_INVALID_METHOD' && arrived[0] === handshakeOfTls) return tls
  return unreadable[code] ?? null
}

/** The router cannot decode the path. */
export const undecodablePath: RequestFault = {
  field: 'path',
  code: 'WRONG_FORMAT',
  zh: '请求的路径读不懂：% 后面要有两位十六进制数字，合起来是 UTF-8。',
  en: 'The path cannot be decoded: after % stand two hexadecimal digits, and together they are UTF-8',
}

const mediaType = /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;|$)/

/** What bodies a route takes, as its schema says; JSON where it says nothing. */
function takenBy({ routeOptions }: FastifyRequest): readonly string[] {
  const { consumes, body } = (routeOptions.schema ?? {}) as { consumes?: string[]; body?: { content?: object } }
  return consumes ?? (body?.content ? Object.keys(body.content) : ['application/json'])
}

/** Why a body was not looked at: 415. */
export function wrongMediaType(request: FastifyRequest): AppError {
  const given = request.headers['content-type']
  const taken = takenBy(request)
  const field = 'content-type'
  const [zh, en] = [taken.join(' 或 '), taken.join(' or ')]
  const fault: RequestFault = !given
    ? {
        field,
        code: 'REQUIRED',
        zh: `请求有内容，却没有说是什么：请写 Content-Type: ${zh}。`,
        en: `The request has a body and does not say what it is: send Content-Type: ${en}`,
      }
    : mediaType.test(given)
      ? {
          field,
          code: 'NOT_ALLOWED',
          zh: `这里收的内容是 ${zh}，Content-Type 写的是别的。`,
          en: `The body is taken as ${en} here, and Content-Type says something else`,
        }
      : {
          field,
          code: 'WRONG_FORMAT',
          zh: `Content-Type 读不懂：写成「类型/子类型」，这里是 ${zh}。`,
          en: `Content-Type cannot be read: write it as type/subtype, here ${en}`,
        }
  return faultyRequest('UNSUPPORTED_MEDIA_TYPE', fault, request.headers['accept-language'])
}

/** @returns null where the body is sent as it is */
export function compressedBody(request: FastifyRequest): AppError | null {
  const encoding = request.headers['content-encoding']
  if (encoding === undefined || /^\s*(identity)?\s*$/i.test(encoding)) return null
  const fault: RequestFault = {
    field: 'content-encoding',
    code: 'NOT_ALLOWED',
    zh: '这里不收压缩的内容：去掉 Content-Encoding，原样发送。',
    en: 'A compressed body is not taken: send it as it is, without Content-Encoding',
  }
  return faultyRequest('UNSUPPORTED_MEDIA_TYPE', fault, request.headers['accept-language'])
}

const bodyFaults = {
  encoding: {
    field: 'body',
    code: 'WRONG_FORMAT',
    zh: '请求内容不是 UTF-8，请改用 UTF-8 发送。',
    en: 'The body is not UTF-8: send it in UTF-8',
  },
  length: {
    field: 'content-length',
    code: 'MISMATCH',
    zh: '请求内容的长度与 Content-Length 不同，没有执行。请重发。',
    en: 'The body is not as long as Content-Length says; nothing was done: send it again',
  },
  depth: {
    field: 'body',
    code: 'TOO_DEEP',
    zh: '请求内容的 JSON 一层套一层太深：最多 64 层。',
    en: 'The JSON of the body is nested too deeply: 64 levels at most',
  },
  json: {
    field: 'body',
    code: 'WRONG_FORMAT',
    zh: '请求内容不是完整的 JSON，或用了 __proto__ 这样的名字。请核对后重发。',
    en: 'The body is no complete JSON, or has a name like __proto__: check it and send it again',
  },
  form: {
    field: 'body',
    code: 'WRONG_FORMAT',
    zh: '表单不完整：要有分隔线（boundary），每部分有名字，最后有结尾。请重发。',
    en: 'The form is not complete: it needs a boundary, a name for each part and its end. Send it again',
  },
} as const satisfies Record<string, RequestFault>

/** A body that was looked at and cannot be read: 400. */
export const malformedBody = (why: keyof typeof bodyFaults, request: FastifyRequest): AppError =>
  faultyRequest('MALFORMED_BODY', bodyFaults[why], request.headers['accept-language'])

/** @param methods that the path has, in upper case */
export function wrongMethod(request: FastifyRequest, methods: readonly string[]): AppError {
  const fault: RequestFault = {
    field: 'method',
    code: 'NOT_ALLOWED',
    zh: `这个地址没有 ${request.method}，请用 ${methods.join('、')}。`,
    en: `This path has no ${request.method}: use ${methods.join(', ')}`,
  }
  return faultyRequest('METHOD_NOT_ALLOWED', fault, request.headers['accept-language'])
}
