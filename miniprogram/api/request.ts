// The only file that names wx.request and wx.uploadFile.
import { baseUrl } from '../config'
import { createHttp, type HttpSession } from './core'
import { TransportError, type Transport, type TransportFailure } from './transport'

/** WeChat tells failures apart by text only: "request:fail timeout", "request:fail abort", "request:fail url not in domain list". */
function failureOf(errMsg: string): TransportFailure {
  const text = errMsg.toLowerCase()
  if (text.includes('abort')) return 'aborted'
  if (text.includes('domain list')) return 'domain'
  return text.includes('timeout') || text.includes('timed out') || text.includes('time out') ? 'timeout' : 'failed'
}

/** Base libraries that keep the headers of an upload's answer to themselves: read as what it says it is. */
const json = { 'content-type': 'application/json' }

const wechat: Transport = ({ method, url, headers, body, file, timeout }, aborting) =>
  new Promise((resolve, reject) => {
    const fail = ({ errMsg }: { errMsg: string }) => reject(new TransportError(failureOf(errMsg)))
    if (file) {
      const task = wx.uploadFile({
        url,
        header: headers,
        timeout,
        filePath: file.path,
        name: file.name,
        formData: file.form,
        // typings leave out the answer's header, which WeChat gives here as it does for wx.request
        success: answer =>
          resolve({
            status: answer.statusCode,
            headers: (answer as unknown as { header?: Record<string, string> }).header ?? json,
            body: answer.data,
          }),
        fail,
      })
      return aborting(() => task.abort())
    }
    const task = wx.request({
      method,
      url,
      header: headers,
      timeout,
      // Text, not JSON: an answer that is no JSON must be told apart from one that is.
      dataType: 'text' as 'json',
      responseType: 'text',
      ...(body === null ? {} : { data: body }),
      success: ({ statusCode, header, data }) => resolve({ status: statusCode, headers: header as Record<string, string>, body: data }),
      fail,
    })
    aborting(() => task.abort())
  })

let session: HttpSession | null = null
/** From stores/index, which has the session and is made after the wrapper. */
export function useSession(given: HttpSession): void {
  session = given
}
function current(): HttpSession {
  if (!session) throw new Error('stores/index has not given a session to api/request yet')
  return session
}

export const http = createHttp({
  transport: wechat,
  baseUrl,
  clientVersion: wx.getAccountInfoSync().miniProgram.version || '0.0.0',
  session: {
    token: () => current().token(),
    account: () => current().account(),
    renew: () => current().renew(),
    shutOut: error => current().shutOut(error),
    online: () => current().online(),
    language: () => current().language(),
  },
  timers: { now: () => Date.now(), set: (task, ms) => setTimeout(task, ms), clear: handle => clearTimeout(handle as number) },
  random: Math.random,
})
