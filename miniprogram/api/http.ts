// What the resource files need of the request wrapper (core.ts).
import type { AbortScope } from './abort-scope'
import type { TransportFile } from './transport'

export type Query = Record<string, string | number | undefined>

export interface GetOptions<T = unknown> {
  query?: Query
  /** aborted with the page */
  scope?: AbortScope
  /** If-None-Match: what the phone has; the answer is then 304 without a body when that is still right */
  etag?: string | null
  /** as of WriteOptions, where the body is not looked at by whoever asks */
  has?: keyof T
}
export interface WriteOptions<T = unknown> {
  method: 'POST' | 'PUT' | 'DELETE'
  body?: unknown
  /** Idempotency-Key; null for the few writes that take none (sessions, bindings) */
  key: string | null
  /** If-Match */
  version?: number
  /** whether a 401 leads to a new login; not when logging out */
  renew?: false
  /** a field that every body of this answer has, and no gateway's or log-in page's own JSON; null: nothing of the body is read, and there may be none */
  has: keyof T | null
}
/** a file of the phone with the fields beside it */
interface UploadOptions<T> extends TransportFile {
  /** Idempotency-Key */
  key: string
  /** as of WriteOptions */
  has: keyof T
}
export interface Answer<T> {
  status: number
  body: T
  request_id: string
  etag?: string | null
}
export interface Http {
  /** Retried at most twice on a network failure, 502, 503, 504. Throws ApiError. */
  get<T>(path: string, options?: GetOptions<T>): Promise<Answer<T>>
  /** Sent once (and once more after a shared re-login, with the same key). Never aborted. Throws ApiError. */
  write<T>(path: string, options: WriteOptions<T>): Promise<Answer<T>>
  /** As write, of a file, with more time. Throws ApiError. */
  upload<T>(path: string, options: UploadOptions<T>): Promise<Answer<T>>
  /** Fetches a file to a path on the phone, once, with minutes. Throws ApiError: why is not read, its status tells. */
  download(path: string, saveTo: string): Promise<void>
  /** As write, without a token and without re-login: for logging in. */
  open<T>(path: string, options: WriteOptions<T>): Promise<Answer<T>>
}
