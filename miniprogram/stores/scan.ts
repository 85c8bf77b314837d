// 扫一扫 for the pages of every package: its store stands with the pages that a scan leads to, and is loaded by the first scan. Bind: store, opening.
import { makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { ScanInput, ScanPanel } from '../shared/scan'
import type { StoreContext } from './context'

/** One sheet about a scan: what it was, and at most two ways on. */
export interface ScanSheetView {
  panel: ScanPanel
  icon: string
  /** bad: a customer's code, or a failure · plain */
  tone: 'bad' | 'plain'
  title: string
  text: string
  request_id: string
  /** the gold button */
  primary: { id: ScanAct; label: string }
  secondary: { id: ScanAct; label: string } | null
  /** a text field above the buttons */
  field: string
  guideline: string
}
export type ScanWay = 'scan' | 'agree' | 'refuse' | 'by_hand' | 'find' | 'retry' | 'close'
/** guideline: WeChat's page about privacy; the sheet stays */
export type ScanAct = ScanWay | 'guideline'

/** packages/merchant/scan/store */
export interface Scanner {
  readonly sheet: ScanSheetView | null
  /** the backend is being asked */
  readonly busy: boolean
  /** What a scan or a person names resolves with the 商户号 to open, or null: then `sheet` says why, unless the person went back. */
  scan(): Promise<string | null>
  agree(): Promise<string | null>
  retry(): Promise<string | null>
  take(input: ScanInput): Promise<string | null>
  refuse(): void
  enterByHand(): void
  close(): void
}
export interface ScanPart {
  ScanStore: new (context: StoreContext, allowedHosts: () => readonly string[]) => Scanner
}

export class ScanDoor {
  /** null: nobody has scanned */
  store: Scanner | null = null
  opening = false

  /** @param bring makes the store; rejects with ApiError where its package was never downloaded */
  constructor(private readonly bring: () => Promise<Scanner>) {
    makeAutoObservable<this, 'bring'>(this, { bring: false, store: observable.ref })
  }

  /** The store, loaded where it is not there. */
  open(): Promise<Scanner> {
    if (this.store) return Promise.resolve(this.store)
    this.opening = true
    return Promise.resolve()
      .then(this.bring)
      .then(store => runInAction(() => (this.store ??= store)))
      .finally(() =>
        runInAction(() => {
          this.opening = false
        }),
      )
  }
}
