// A file as the store needs it. platform-export-files.ts is WeChat's; tests bring their own.

/** done · cancelled: the person went back · failed: else */
export type FileOutcome = 'done' | 'cancelled' | 'failed'

export interface ExportFiles {
  /** whether this device has folders of its own to save to: WeChat on a computer */
  readonly saves: boolean
  /** Where on the phone a file is fetched to, so that it keeps its name: each export has a place of its own. */
  pathFor(id: string, name: string): string
  /** All that was fetched is gone. */
  forgetAll(): void
  /** To a chat that the person chooses; only in a tap. Never rejects. */
  share(path: string, name: string): Promise<FileOutcome>
  /** To a folder that the person chooses. Never rejects. */
  save(path: string): Promise<FileOutcome>
}
