// How far an import is, on the screen of who runs it: one line that changes on a terminal, a line now and then in a log.
import type { ImportProgress } from './import.ts'

/** milliseconds between two lines of a log, and between two drawings on a terminal */
const lineEvery = 5_000
const drawEvery = 200

export interface ProgressScreen {
  write(text: string): void
  isTty: boolean
  /** milliseconds, of any clock that runs evenly */
  now(): number
}

export class ProgressLine {
  readonly #screen: ProgressScreen
  readonly #began: number
  #last: number
  #first: number | undefined
  #drawn = false

  constructor(screen: ProgressScreen) {
    this.#screen = screen
    this.#began = screen.now()
    this.#last = screen.now()
  }

  show(progress: ImportProgress): void {
    const now = this.#screen.now()
    // what an interrupted run had done says nothing of this one's speed
    this.#first ??= Math.max(0, progress.rows - 1_000)
    if (now - this.#last < (this.#screen.isTty ? drawEvery : lineEvery)) return
    this.#last = now
    const text = this.#text(progress, (now - this.#began) / 1_000)
    this.#screen.write(this.#screen.isTty ? `\r\u001B[K${text}` : `${text}\n`)
    this.#drawn = true
  }

  /** Leaves the line empty for what is said next. */
  end(): void {
    if (this.#drawn && this.#screen.isTty) this.#screen.write('\r\u001B[K')
  }

  #text({ rows, rejected, share }: ImportProgress, seconds: number): string {
    const rate = seconds > 0 ? Math.round((rows - this.#first!) / seconds) : 0
    const parts = [`已处理 ${rows.toLocaleString('en')} 行（${Math.floor(share * 100)}%）`, `${rate.toLocaleString('en')} 行/秒`]
    if (rejected > 0) parts.push(`退回 ${rejected.toLocaleString('en')}`)
    return parts.join('，')
  }
}
