// What the stores need of the phone's camera and files. platform-camera.ts is WeChat's; tests bring their own.

import type { CameraFailure } from './camera-failure'

/** paths: of temporary files, which WeChat removes after a while */
export type Chosen = { outcome: 'chosen'; paths: string[] } | { outcome: CameraFailure }

export interface Drawing {
  /** the longer side at most, px */
  edge: number
  /** bytes at most */
  bytes: number
  /** drawn in the corner, one below the other */
  lines: readonly string[]
}

export interface DrawnPhoto {
  /** of a temporary file */
  path: string
  /** whether its lines stand on it; false: this phone cannot draw */
  marked: boolean
}

/** From the camera to a file that stays. */
export interface Taking {
  /** Opens camera or album. Never rejects; one that WeChat never answers is `cancelled` once the person asks again, or some time after they came back. */
  choose(most: number, from: 'camera' | 'album'): Promise<Chosen>
  /** The photo drawn anew: smaller, upright, as JPEG, with its lines. Rejects where it is no picture. */
  draw(path: string, drawing: Drawing): Promise<DrawnPhoto>
  /** size, and SHA-256 in lower-case hex */
  measure(path: string): Promise<{ bytes: number; sha256: string }>
  /** Moves a temporary file to where it stays, under this name. Rejects when there is no room. */
  keep(path: string, name: string): Promise<string>
}

export interface Camera extends Taking {
  exists(path: string): boolean
  /** Removes a kept file; one that is gone already is no error. */
  forget(path: string): void
  /** paths of all kept files */
  kept(): string[]
  /** Shows photos full screen. */
  preview(paths: readonly string[], at: number): void
}
