// What travels between the server, the frames and the phone pages, over one WebSocket each.
import type { Diagnostic } from '../runtime/contract.ts'
import type { PhoneSettings } from './settings.ts'

/** One request as the phone page and a test can read it afterwards. */
export interface RequestRecord {
  method: string
  /** as the app wrote it, secrets in its query hidden */
  url: string
  /** undefined when no answer came; then `failure` says why */
  status?: number
  failure?: string
  milliseconds: number
  requestHeader: Record<string, string>
  requestBody: string
  responseHeader: Record<string, string>
  responseBody: string
  /** as it came over the network */
  responseBytes: number
}

/** One request of the app, as the event log shows it. */
export interface LogEntry {
  at: number
  kind: 'request' | 'route' | 'error' | 'console'
  text: string
  status?: string
  /** of kind request */
  request?: RequestRecord
}

/** What a frame needs before it can start the app. */
export interface Introduction {
  kind: 'introduction'
  /** grows with each frame, so that ids on the wire are never used twice */
  generation: number
  settings: PhoneSettings
  project: ProjectFacts
}

export interface ProjectFacts {
  /** storage, files and the like are kept per project under this name */
  key: string
  /** as the person knows the app: its title in app.json, else the name of the project */
  name: string
  appid: string
  /** compile conditions of project.config.json */
  conditions: { name: string; path: string; query: string }[]
}

export type ToFrame =
  | Introduction
  | { kind: 'settings'; id: number; settings: PhoneSettings }
  | { kind: 'pass'; id: number; ms: number }
  | { kind: 'still'; id: number; from: number | null }
  | { kind: 'restart' }
  | { kind: 'request'; id: number; method: string; params: Record<string, unknown> }

export type FromFrame =
  | { kind: 'started' }
  | { kind: 'applied'; id: number }
  | { kind: 'reply'; id: number; result?: unknown; error?: { message: string } }
  | { kind: 'event'; method: string; params: unknown }
  | { kind: 'log'; entry: LogEntry }

export type ToPhonePage =
  | { kind: 'state'; settings: PhoneSettings; project: ProjectFacts; diagnostics: Diagnostic[]; controls: boolean }
  | { kind: 'settings'; settings: PhoneSettings }
  | { kind: 'rebuilt'; diagnostics: Diagnostic[] }
