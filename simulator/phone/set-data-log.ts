// What setData costs: each call with its keys and bytes of JSON, and the sum of each page. Measured only while the view is open, as measuring costs too.
import type { Runtime } from '../runtime/contract.ts'
import { bytesText, make } from './elements.ts'
import { find } from './find.ts'
import { clockTime } from './settings.ts'

type Sample = Parameters<Parameters<Runtime['onSetData']>[0]>[0]
interface Sum {
  calls: number
  bytes: number
  largest: number
}

const MOST = 200
/** more in one call is slow on phones */
const LARGE = 256 * 1_024

export class SetDataLog {
  private readonly list = find('set-data-list')
  private readonly rows = find('set-data-pages').querySelector('tbody')!
  private readonly sums = new Map<string, Sum>()
  private listening = new WeakSet<Runtime>()
  private open = false
  private runtime: Runtime | undefined

  constructor() {
    find('clear-set-data').onclick = () => this.clear()
  }

  show(runtime: Runtime): void {
    this.runtime = runtime
    this.clear()
    if (this.open) this.measure(true)
  }

  measure(open: boolean): void {
    this.open = open
    const { runtime } = this
    if (!open || !runtime || this.listening.has(runtime)) return
    this.listening.add(runtime)
    runtime.onSetData(sample => this.open && this.runtime === runtime && this.add(sample))
  }

  private clear(): void {
    this.sums.clear()
    this.list.replaceChildren()
    this.drawSums()
  }

  private add({ path, component, keys, bytes }: Sample): void {
    const sum = this.sums.get(path) ?? { calls: 0, bytes: 0, largest: 0 }
    this.sums.set(path, { calls: sum.calls + 1, bytes: sum.bytes + bytes, largest: Math.max(sum.largest, bytes) })
    this.list.prepend(
      make(
        'p',
        {},
        make('time', { textContent: clockTime(Date.now()) }),
        make('span', { className: 'path', textContent: component === path ? path : `${path} › ${component}` }),
        make('span', { className: bytes > LARGE ? 'number error' : 'number', textContent: bytesText(bytes) }),
        make('small', { textContent: keys.join(', ') }),
      ),
    )
    while (this.list.childElementCount > MOST) this.list.lastElementChild!.remove()
    this.drawSums()
  }

  private drawSums(): void {
    this.rows.parentElement!.hidden = this.sums.size === 0
    this.rows.replaceChildren(
      ...[...this.sums].map(([path, { calls, bytes, largest }]) =>
        make(
          'tr',
          {},
          make('td', { textContent: path }),
          ...[String(calls), bytesText(bytes), bytesText(largest)].map(textContent => make('td', { textContent })),
        ),
      ),
    )
  }
}
