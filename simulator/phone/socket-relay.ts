// The server's side of wx.connectSocket: opens the socket that the app named, where the rules for requests let it and where hostMap says, and carries
// messages both ways. A browser could not: it sets no headers and cannot be sent elsewhere.
import { WebSocket, type RawData } from 'ws'
import { readWord, word, type SocketRequest, type SocketWords } from '../wx/socket-wire.ts'
import { headersOf, isAllowed, mapped, ownHeaders, whyNot, type ProxyRules } from './proxy.ts'

/** ws says 1005 where no code was given and 1006 where the line was cut; neither may be sent */
const sendable = (code: number) => code === 1_000 || (code >= 3_000 && code <= 4_999)

const textOf = (data: RawData) => (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString()

/** `near` is the line to the frame; its first message says what is wanted. */
export function relay(near: WebSocket, rules: () => ProxyRules): void {
  const tell = <K extends keyof SocketWords>(kind: K, content: SocketWords[K]) => {
    if (near.readyState === near.OPEN) near.send(word(kind, content))
  }
  near.once('message', first => {
    const far = open(textOf(first), rules())
    if (!(far instanceof WebSocket)) {
      tell('failed', far)
      near.close()
      return
    }
    tell('accepted', {})
    far.on('upgrade', message => tell('opened', { header: headersOf(message).header }))
    far.on('message', (data, isBinary) => (isBinary ? near.readyState === near.OPEN && near.send(data) : tell('text', textOf(data))))
    far.on('error', error => tell('failed', { why: whyNot(error), errno: 600_001 }))
    far.on('close', (code, reason) => {
      tell('close', { code, reason: reason.toString() })
      near.close()
    })
    near.on('message', (data, isBinary) => {
      if (far.readyState !== far.OPEN) return
      if (isBinary) return far.send(data)
      const said = readWord(textOf(data))
      if (said.kind === 'text') far.send(said.content)
      else if (said.kind === 'close') far.close(sendable(said.content.code) ? said.content.code : 1_000, said.content.reason)
    })
    near.on('close', () => far.terminate())
  })
}

function open(wanted: string, rules: ProxyRules): WebSocket | SocketWords['failed'] {
  try {
    const { url, header, protocols } = JSON.parse(wanted) as SocketRequest
    const asked = new URL(url)
    // the list of domains and the map name addresses of requests
    const twin = new URL(asked)
    twin.protocol = asked.protocol.replace('ws', 'http')
    if (!isAllowed(twin, rules)) return { why: 'url not in domain list', errno: 600_002 }
    const target = mapped(twin, rules.hostMap)
    target.protocol = target.protocol.replace('http', 'ws')
    return new WebSocket(target, protocols, { headers: ownHeaders(header, rules) })
  } catch (error) {
    return { why: (error as Error).message, errno: 600_009 }
  }
}
