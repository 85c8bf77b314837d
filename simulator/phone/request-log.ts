// Each request of the app as a line; a press shows its headers and bodies.
import { bytesText, make } from './elements.ts'
import { find } from './find.ts'
import { bilingual, inEachLanguage, say } from './language.ts'
import type { LogEntry, RequestRecord } from './messages.ts'
import { clockTime } from './settings.ts'

const MOST = 200

export class RequestLog {
  private readonly list = find('request-list')
  private count = 0
  private failed = 0

  constructor() {
    find('clear-requests').onclick = () => {
      this.list.replaceChildren()
      this.count = this.failed = 0
      this.tell()
    }
    inEachLanguage(() => this.tell())
  }

  add({ at, request }: LogEntry): void {
    if (!request) return
    const bad = request.status === undefined || request.status >= 400
    this.count++
    if (bad) this.failed++
    const { pathname, search } = new URL(request.url, 'http://invalid')
    const line = make(
      'summary',
      {},
      make('time', { textContent: clockTime(at) }),
      make('b', { textContent: request.method }),
      make('span', { className: 'path', textContent: decoded(pathname + search) }),
      make('span', { className: bad ? 'status error' : 'status', textContent: String(request.status ?? request.failure) }),
      make('span', { className: 'number', textContent: `${request.milliseconds} ms` }),
    )
    const details = make('details', {}, line)
    // bodies are drawn when they are looked at: a page that asks all the time stays light
    details.addEventListener('toggle', () => details.append(requestDetails(request)), { once: true })
    this.list.prepend(details)
    while (this.list.childElementCount > MOST) this.list.lastElementChild!.remove()
    this.tell()
  }

  private tell(): void {
    const failed = this.failed > 0 ? say(`，失败 ${this.failed} 次`, `, ${this.failed} failed`) : ''
    find('requests-count').textContent = say(`${this.count} 次请求${failed}`, `${this.count} requests${failed}`)
  }
}

/** as the app wrote it; what is no UTF-8 stays escaped */
function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

function requestDetails(request: RequestRecord): HTMLElement {
  const part = (zh: string, en: string, text: string) => {
    if (!text) return []
    const title = make('h3')
    bilingual(title, zh, en)
    return [title, make('pre', { textContent: text, tabIndex: 0 })]
  }
  const header = (of: Record<string, string>) =>
    Object.entries(of)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')
  const size = request.responseBytes > 0 ? ` · ${bytesText(request.responseBytes)}` : ''
  return make(
    'div',
    { className: 'detail' },
    ...part('地址', 'Address', request.url),
    ...part('请求报头', 'Request header', header(request.requestHeader)),
    ...part('请求内容', 'Request body', request.requestBody),
    ...part('没有回应', 'No answer', request.failure ?? ''),
    ...part('回应报头', 'Response header', header(request.responseHeader)),
    ...part(`回应内容${size}`, `Response body${size}`, request.responseBody),
  )
}
