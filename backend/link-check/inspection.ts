// What a look at a link is about, and what it may use.
import type { Reach } from './reach.ts'

export interface Inspection {
  sub_mchid: string
  verification_file: string | null
  /** registered names: a redirect to any other is not followed */
  hosts: readonly string[]
  reach: Reach
  now: Date
}
