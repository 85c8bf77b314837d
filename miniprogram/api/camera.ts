// What the stores need of the phone's camera and files. platform-camera.ts is WeChat's; tests bring their own.

/** paths: of temporary files, which WeChat removes after a while */
export type Chosen = { outcome: 'chosen'; paths: string[] } | { outcome: 'cancelled' | 'consent_refused' | 'camera_refused' }

export interface Drawing {
  /** the longer side at most, px */
  edge: number
  /** bytes at most */
  bytes: number
  /** drawn in the corner, one below the other */
  lines: readonly string[]
}

export interface Camera {
  /** Opens camera or album. Never rejects. */
  choose(most: number, from: 'camera' | 'album'): Promise<Chosen>
  /** The photo drawn anew: smaller, upright, as JPEG, with its lines. Gives a temporary file. Rejects where it is no picture. */
  draw(path: string, drawing: Drawing): Promise<string>
  /** size, and SHA-256 in lower-case hex */
  measure(path: string): Promise<{ bytes: number; sha256: string }>
  /** Moves a temporary file to where it stays, under this name. Rejects when there is no room. */
  keep(path: string, name: string): Promise<string>
  exists(path: string): boolean
  /** Removes a kept file; one that is gone already is no error. */
  forget(path: string): void
  /** paths of all kept files */
  kept(): string[]
  /** Shows photos full screen. */
  preview(paths: readonly string[], at: number): void
}
