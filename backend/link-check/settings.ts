// Which links may be looked at, and how the outside is reached.
import type { Reach } from './reach.ts'

export interface LinkCheckSettings {
  /** the provider's receipt link, looked at where no other is given; null: not registered */
  link: string | null
  /** host names in lower case and ASCII, exactly as they are visited; never an address */
  hosts: readonly string[]
  /** another way to the outside than the real one. For tests: nothing in config.ts or main.ts gives it */
  reach?: Partial<Reach>
}

export const noLinks: LinkCheckSettings = { link: null, hosts: [] }
