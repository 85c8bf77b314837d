// The simulator speaks with this machine only: not with other machines, and not with web sites that a browser here has open (DNS rebinding).
import type { IncomingMessage } from 'node:http'

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]']

const isLoopbackAddress = (address: string | undefined) => address === '::1' || /^(::ffff:)?127\./.test(address ?? '')

const nameOf = (host: string) => host.replace(/:\d+$/, '')

export function comesFromHere({ socket, headers }: IncomingMessage): boolean {
  if (!isLoopbackAddress(socket.remoteAddress)) return false
  if (!LOOPBACK_NAMES.includes(nameOf(headers.host ?? ''))) return false
  if (headers.origin === undefined) return true
  // the page's own origin, port included
  return headers.origin === `http://${headers.host}`
}
