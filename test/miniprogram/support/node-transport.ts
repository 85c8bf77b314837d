// wx.request's place in tests: the same exchange over node:http. Counts what is under way, so that a test knows when nothing moves any more.
import { request as httpRequest } from 'node:http'
import { multipart } from './multipart.ts'
import { TransportError, type Transport } from '../../../miniprogram/api/transport.ts'

/** @param read the content of a file that is uploaded */
export function nodeTransport(read?: (path: string) => Buffer): { transport: Transport; pending: () => number; mostAtOnce: () => number } {
  let pending = 0
  let most = 0
  const transport: Transport = ({ method, url, headers: given, body: text, file, saveTo }, aborting) =>
    new Promise((resolve, reject) => {
      const form = file && read ? multipart(file, read(file.path)) : null
      const headers = form ? { ...given, 'content-type': form.contentType } : given
      const body = form?.body ?? text
      pending += 1
      most = Math.max(most, pending)
      let over = false
      const end = (settle: () => void) => {
        if (over) return
        over = true
        pending -= 1
        settle()
      }
      const sending = httpRequest(url, { method, headers }, response => {
        const chunks: Buffer[] = []
        response.on('data', chunk => chunks.push(chunk as Buffer))
        response.on('end', () =>
          end(() =>
            resolve({
              status: response.statusCode ?? 0,
              // as wx.downloadFile, which tells only the status
              headers: saveTo ? {} : (response.headers as Record<string, string>),
              body: saveTo ? null : Buffer.concat(chunks).toString(),
            }),
          ),
        )
        response.on('error', () => end(() => reject(new TransportError('failed'))))
      })
      sending.on('error', () => end(() => reject(new TransportError('failed'))))
      aborting(() => {
        end(() => reject(new TransportError('aborted')))
        sending.destroy()
      })
      if (body !== null) sending.write(body)
      sending.end()
    })
  return { transport, pending: () => pending, mostAtOnce: () => most }
}
