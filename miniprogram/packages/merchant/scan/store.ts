// 扫一扫 and entry by hand (product.md M04, §6.4). What a code says is decided on the phone first; a customer's 付款码 goes no further than that:
// it is in no field here, in no request, in no storage. It stands here because every scan leads to a shop, whose pages are in this package
// (behaviors/scanning). Bind: sheet, busy.
import { makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import { asApiError, type ApiError } from '../../../api/errors'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { resolveScan, type ScanInput, type ScanPanel } from '../../../shared/scan'
import type { StoreContext } from '../../../stores/context'
import type { Scanner } from '../../../stores/scan'
import { scanSheet, type ScanSheetView } from './view'

export class ScanStore implements Scanner {
  panel: ScanPanel | null = null
  /** the backend is being asked */
  busy = false
  private error: ApiError | null = null
  /** the link to ask for again by 重试; never a payment code */
  private asked: string | null = null
  private round = 0

  constructor(
    private readonly context: StoreContext,
    private readonly allowedHosts: () => readonly string[],
  ) {
    makeAutoObservable<this, 'context' | 'allowedHosts' | 'error' | 'asked' | 'round'>(
      this,
      { context: false, allowedHosts: false, error: observable.ref, asked: false, round: false },
      { autoBind: true },
    )
  }

  get problem(): ProblemView | null {
    return this.error && problemView(this.error, this.context.preferences.say)
  }
  get sheet(): ScanSheetView | null {
    return this.panel && scanSheet(this.panel, this.problem, this.context.preferences.say)
  }

  /** 扫一扫. Resolves with the 商户号 to open, or null: then `panel` says why, unless the person went back. */
  async scan(): Promise<string | null> {
    this.close()
    if (await this.context.phone.consentNeeded()) {
      this.show('consent')
      return null
    }
    return this.openCamera()
  }
  /** The person agreed: WeChat has been told by the button itself. */
  async agree(): Promise<string | null> {
    this.close()
    return this.openCamera()
  }
  refuse(): void {
    this.show('consent_refused')
  }
  enterByHand(): void {
    this.show('manual')
  }
  /** What a code or a person said. Resolves with the 商户号 to open, or null. */
  async take(input: ScanInput): Promise<string | null> {
    const found = resolveScan(input, this.allowedHosts())
    if (found.type === 'sub_merchant') {
      this.close()
      return found.sub_mchid
    }
    if (found.type === 'ask') return this.ask(found.content)
    this.show(found.type)
    return null
  }
  /** 重试 after the backend could not be asked. */
  async retry(): Promise<string | null> {
    return this.asked === null ? null : this.ask(this.asked)
  }
  close(): void {
    this.round += 1
    this.panel = null
    this.error = null
    this.asked = null
    this.busy = false
  }

  private async openCamera(): Promise<string | null> {
    const scan = await this.context.phone.scan()
    if (scan.outcome === 'scanned') return this.take(scan)
    if (scan.outcome !== 'cancelled') this.show(scan.outcome)
    return null
  }
  private async ask(content: string): Promise<string | null> {
    if (this.busy && this.asked === content) return null
    const round = (this.round += 1)
    this.asked = content
    this.error = null
    this.panel = null
    this.busy = true
    try {
      const { type, sub_mchid } = await this.context.api.resolveScan(content)
      // closed meanwhile, or another code was scanned
      if (this.round !== round) return null
      if (type === 'sub_merchant' && sub_mchid) {
        runInAction(() => this.close())
        return sub_mchid
      }
      this.show(type === 'foreign' ? 'foreign' : 'unknown')
    } catch (thrown) {
      if (this.round !== round) return null
      runInAction(() => {
        this.error = asApiError(thrown)
        this.panel = 'error'
        this.busy = false
      })
    }
    return null
  }
  private show(panel: ScanPanel): void {
    runInAction(() => {
      this.round += 1
      this.panel = panel
      this.busy = false
      this.asked = null
    })
  }
}
