// One HTTP exchange, as small as every phone and test can do it.
import { becomeError } from './become-error'

export interface TransportRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  headers: Record<string, string>
  /** JSON text */
  body: string | null
  /** a file of the phone, sent as multipart/form-data in the place of a body; always a POST */
  file?: TransportFile
  /** where on the phone the answer's body is put, whatever the status; the response then has none */
  saveTo?: string
  /** milliseconds */
  timeout: number
}
export interface TransportFile {
  path: string
  /** of its part of the form */
  name: string
  /** the other fields */
  form: Record<string, string>
  /** told how much of it has left, 0 to 100 */
  progress?(percent: number): void
}
export interface TransportResponse {
  status: number
  /** names in any case */
  headers: Record<string, string>
  /** text; a transport that parsed JSON already may give the value */
  body: unknown
}
/**
 * domain: not on the console's list for this kind of request · redirects: in circles, or more than WeChat follows · certificate: the server's is not
 * trusted · no_file: what was to be sent is not on the phone any more
 */
export type TransportFailure = 'timeout' | 'failed' | 'domain' | 'redirects' | 'certificate' | 'no_file' | 'aborted'

export class TransportError implements Error {
  readonly name = 'TransportError'
  readonly message!: string
  constructor(readonly reason: TransportFailure) {
    becomeError(this, reason)
  }
}
Object.setPrototypeOf(TransportError.prototype, Error.prototype)

/** Rejects with TransportError. `aborting` is given how to end the exchange early. */
export type Transport = (request: TransportRequest, aborting: (abort: () => void) => void) => Promise<TransportResponse>
