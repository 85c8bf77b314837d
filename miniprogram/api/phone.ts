// What the stores need of the phone besides the network. platform.ts is WeChat's; tests bring their own.

/** Small values that outlive the app. Keys of an account start with `staff:<id>:`. */
export interface KeyValues {
  get<T>(key: string): T | null
  set(key: string, value: unknown): void
  remove(key: string): void
}

export interface Phone {
  storage: KeyValues
  /** A fresh login code of wx.login; throws ApiError WECHAT_UNAVAILABLE. */
  loginCode(): Promise<string>
  /** first value at once */
  watchNetwork(changed: (network: { online: boolean; weak: boolean }) => void): void
  /** first value at once; `language` as WeChat names it (zh_CN, en) */
  watchAppearance(changed: (appearance: { theme: 'light' | 'dark'; font_scale: number; language: string }) => void): void
}
