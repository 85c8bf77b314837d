// The only file that names wx.request, wx.uploadFile and wx.downloadFile.
import { failureOf } from './failure-of'
import { TransportError, type Transport } from './transport'

/** Base libraries that keep the headers of an upload's answer to themselves: read as what it says it is. */
const json = { 'content-type': 'application/json' }

export const wechatTransport: Transport = ({ method, url, headers, body, file, saveTo, timeout }, aborting) =>
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
      const { progress } = file
      if (progress) task.onProgressUpdate(told => progress(told.progress))
      return aborting(() => task.abort())
    }
    if (saveTo) {
      // its answer's headers are told elsewhere or not at all, and not needed
      const success = ({ statusCode }: { statusCode: number }) => resolve({ status: statusCode, headers: {}, body: null })
      const task = wx.downloadFile({ url, header: headers, timeout, filePath: saveTo, success, fail })
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
