// A file as the store needs it. platform-export-files.ts is WeChat's; tests bring their own.

/** done · cancelled: the person went back · gone: the link or the file is no longer good · failed: else */
export type FileOutcome = 'done' | 'cancelled' | 'gone' | 'failed'

export interface ExportFiles {
  /** whether this device has folders of its own to save to: WeChat on a computer */
  readonly saves: boolean
  /** Brings it onto the phone. @returns its path there, or why not. Never rejects. */
  fetch(url: string, token: string, name: string): Promise<{ path: string } | { outcome: Exclude<FileOutcome, 'done' | 'cancelled'> }>
  /** To a chat that the person chooses; only in a tap. Never rejects. */
  share(path: string, name: string): Promise<FileOutcome>
  /** To a folder that the person chooses. Never rejects. */
  save(path: string): Promise<FileOutcome>
}
