// wx.uploadFile and wx.downloadFile. Progress is told twice: at the start and at the end.
import { Listeners, settle, text, WxFailure, type Options, type Phone, type WxMethods } from './core.ts'
import { addressOf, headerOf, timeoutOf } from './request.ts'
import type { HttpTask, Transport } from './transport.ts'

interface Progress {
  progress: number
  totalBytesSent?: number
  totalBytesExpectedToSend?: number
  totalBytesWritten?: number
  totalBytesExpectedToWrite?: number
}

/** Runs a transfer and answers the task object that the app holds meanwhile. */
function task(api: string, options: Options, run: (started: (http: HttpTask) => void, progress: Listeners<Progress>) => Promise<object>) {
  const progress = new Listeners<Progress>()
  const headers: HttpTask['headersReceived'] = new Listeners()
  let abort = () => {}
  const outcome = run(http => {
    abort = () => http.abort()
    http.headersReceived.add(event => headers.emit(event))
  }, progress)
  settle(api, options, outcome)?.catch(() => {})
  return { abort: () => abort(), ...progress.pair('ProgressUpdate'), ...headers.pair('HeadersReceived') }
}

const extensionOf = (path: string) => /\.([a-z0-9]{1,8})(?:$|\?)/i.exec(path.split('/').at(-1) ?? '')?.[1] ?? ''

export function transfer(phone: Phone, transport: Transport): WxMethods {
  return {
    uploadFile: (options: Options = {}) =>
      task('uploadFile', options, async (started, progress) => {
        const path = text(options, 'filePath')
        const file = phone.files.read(path)
        if (!file) throw new WxFailure(`file not found: ${path}`, { errno: 1_300_002 })
        const form = new FormData()
        for (const [name, value] of Object.entries((options.formData ?? {}) as Record<string, unknown>)) form.append(name, String(value))
        form.append(text(options, 'name'), new Blob([file.bytes]), path.split('/').at(-1))
        const encoded = new Response(form)
        const contentType = encoded.headers.get('content-type')!
        const body = new Uint8Array(await encoded.arrayBuffer())
        const header = Object.fromEntries(Object.entries(headerOf(options)).filter(([name]) => name.toLowerCase() !== 'content-type'))
        const http = transport.send(
          { method: 'POST', url: addressOf(options).href, header: { ...header, 'content-type': contentType } },
          body,
          timeoutOf(options, phone, 'uploadFile'),
        )
        started(http)
        const told = (sent: number) => ({ progress: sent === 0 ? 0 : 100, totalBytesSent: sent, totalBytesExpectedToSend: body.length })
        progress.emit(told(0))
        const answer = await http.answer
        progress.emit(told(body.length))
        return {
          data: new TextDecoder().decode(answer.body),
          statusCode: answer.statusCode,
          header: answer.header,
          cookies: answer.cookies,
        }
      }),

    downloadFile: (options: Options = {}) =>
      task('downloadFile', options, async (started, progress) => {
        const url = addressOf(options)
        const http = transport.send(
          { method: 'GET', url: url.href, header: headerOf(options) },
          new Uint8Array(),
          timeoutOf(options, phone, 'downloadFile'),
        )
        started(http)
        const answer = await http.answer
        const size = answer.body.length
        progress.emit({ progress: 100, totalBytesWritten: size, totalBytesExpectedToWrite: size })
        const wanted = options.filePath
        if (typeof wanted === 'string') {
          phone.files.write(wanted, answer.body)
          return { filePath: wanted, statusCode: answer.statusCode, header: answer.header }
        }
        return {
          tempFilePath: phone.files.addTemporary(answer.body, extensionOf(url.pathname)),
          statusCode: answer.statusCode,
          header: answer.header,
        }
      }),
  }
}
