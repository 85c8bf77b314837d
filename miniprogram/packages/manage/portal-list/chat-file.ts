// A file of a chat, as the store needs it. platform-chat-files.ts is WeChat's; tests bring their own.

export interface ChatFile {
  /** on this phone */
  path: string
  name: string
  bytes: number
}
/** chosen · cancelled: the person went back · else why there is none */
export type ChatFileChoice = { outcome: 'chosen'; file: ChatFile } | { outcome: 'cancelled' | 'refused' | 'not_supported' | 'failed' }

export interface ChatFiles {
  /** Never rejects. */
  choose(): Promise<ChatFileChoice>
  exists(path: string): boolean
  forget(path: string): void
}
