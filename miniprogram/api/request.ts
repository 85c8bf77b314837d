// The only file that names wx.request and wx.uploadFile.
import { baseUrl, releaseVersion } from '../config'
import { createHttp, type HttpNetwork, type HttpSession } from './core'
import { failureOf } from './failure-of'
import { TransportError, type Transport } from './transport'

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

let parts: { session: HttpSession; network: HttpNetwork } | null = null
/** From stores/index, which has session and network and is made after the wrapper. */
export function useSession(session: HttpSession, network: HttpNetwork): void {
  parts = { session, network }
}
function given(): { session: HttpSession; network: HttpNetwork } {
  if (!parts) throw new Error('stores/index has not given a session to api/request yet')
  return parts
}
const current = () => given().session
const network = () => given().network

export const http = createHttp({
  transport: wechat,
  baseUrl,
  clientVersion: releaseVersion() || '0.0.0',
  session: {
    token: () => current().token(),
    account: () => current().account(),
    renew: () => current().renew(),
    shutOut: error => current().shutOut(error),
    language: () => current().language(),
    heard: error => current().heard?.(error),
  },
  network: {
    get online() {
      return network().online
    },
    get mayTry() {
      return network().mayTry
    },
    ask: () => network().ask(),
    answered: doubted => network().answered(doubted),
    silent: () => network().silent(),
  },
  timers: { now: () => Date.now(), set: (task, ms) => setTimeout(task, ms), clear: handle => clearTimeout(handle as number) },
  random: Math.random,
})
