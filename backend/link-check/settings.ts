// Which links may be checked, and how the internet is reached.
import type { Reach } from './reach.ts'

declare module '../platform/context.ts' {
  interface Context {
    linkCheck: LinkCheckSettings
  }
}

export interface LinkCheckSettings {
  /** the provider's receipt link, looked at where no other is given; null: not registered */
  link: string | null
  /** host names in lower case and ASCII, exactly as they are visited; never an address */
  hosts: readonly string[]
  /** name of the file that the console gave for the link's directory; null: not looked for unless a request names one */
  verificationFile: string | null
  /** what that file holds, served beside the receipt page; absent: somebody else serves it */
  verificationContent?: string
  /** of one member of staff */
  perMinute: number
  /** replaces the real access to the internet. For tests: neither config.ts nor main.ts sets it */
  reach?: Partial<Reach>
}

/** Each check makes our server call another one; this is enough for a person who corrects a page and checks it again. */
export const linkChecksPerMinute = 10

export const noLinks: LinkCheckSettings = { link: null, hosts: [], verificationFile: null, perMinute: linkChecksPerMinute }
