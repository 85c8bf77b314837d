// What the stores need of the phone besides the network. platform.ts is WeChat's; tests bring their own.
import type { CameraFailure } from './camera-failure'

/** Small values that outlive the app. Keys of an account start with `staff:<id>:`. */
export interface KeyValues {
  /** null where nothing is kept; see kept-as.ts for what it is */
  get(key: string): unknown
  set(key: string, value: unknown): void
  remove(key: string): void
}

/** scanned: what the camera read · else why not */
export type Scan = { outcome: 'scanned'; result: string; path: string } | { outcome: CameraFailure }

type ScanKind = 'barCode' | 'qrCode'

export interface NetworkFacts {
  online: boolean
  weak: boolean
  wifi?: boolean
}

export interface Phone {
  storage: KeyValues
  /** bytes that all kept values take; WeChat gives a mini program 10 MB */
  storageUsed(): number
  /** names of all kept values */
  storedKeys(): string[]
  /** a reading of the storage failed since the app was opened: what seemed not to be there may be there */
  misread(): boolean
  /** Whether consent to the privacy guideline is still to be asked for; false where WeChat cannot tell, it asks then itself. */
  consentNeeded(): Promise<boolean>
  /** Opens the camera on a code, from where a screenshot of the album can be chosen instead. `kinds`: default as WeChat's. Never rejects; as Camera.choose. */
  scan(kinds?: readonly ScanKind[]): Promise<Scan>
  /** A fresh login code of wx.login; throws ApiError WECHAT_UNAVAILABLE, or NETWORK_OFFLINE where there is no network. */
  loginCode(): Promise<string>
  /** first value at once */
  watchNetwork(changed: (network: NetworkFacts) => void): void
  /** As the phone has it now, whatever it announced; null where it cannot be told. Never rejects. */
  networkNow(): Promise<NetworkFacts | null>
  /** first value at once; `language` as WeChat names it (zh_CN, en) */
  watchAppearance(changed: (appearance: { theme: 'light' | 'dark'; font_scale: number; language: string }) => void): void
}

/** WeChat downloads a newer version of the mini program while the old one runs, and starts it when it is told to, or next time. */
export interface Updates {
  /** `ready`: a new version lies on the phone */
  watch(ready: () => void): void
  /** Ends the app and starts the new version. */
  apply(): void
}
