// What the parts of the program are given: nothing below this reads the environment, the system's time or another module's state.
import type { ClockSkew } from './clock-skew.ts'
import type { ClientGate } from '../http/client-gate.ts'
import type { Clock } from './clock.ts'
import type { Calls } from '../controls/calls.ts'
import type { Database } from '../database/connection.ts'
import type { FairLane } from '../http/fair-lane.ts'
import type { LinkCheckSettings } from '../link-check/settings.ts'
import type { PayCalls } from './metrics.ts'
import type { Arrivals } from '../field-work/photos/arriving.ts'
import type { LinkKeys } from '../field-work/photos/link-keys.ts'
import type { PhotoStore } from '../field-work/photos/store.ts'
import type { Providers } from './providers.ts'
import type { Receipts } from '../receipts/index.ts'
import type { Wechat } from '../wechat/code2session.ts'

export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface Context {
  clock: Clock
  skew: ClockSkew
  db: Database
  /** the home number of the provider that this process serves: staff, checklist and photos stand under it */
  sp_mchid: string
  /** all of the provider's numbers: a merchant is asked about and changed by the client of its own */
  providers: Providers
  wechat: Pick<Wechat, 'code2Session'>
  payCalls: PayCalls
  photos: { store: PhotoStore; arriving: Arrivals; lane: FairLane; linkKeys: LinkKeys }
  linkCheck: LinkCheckSettings
  /** what would else take every connection to the database waits here (write-as.ts) */
  lanes: { writes: FairLane; longReads: FairLane }
  receipts: Receipts
  /** which versions of the app are let in */
  clientGate: () => ClientGate
  /** of one member of staff: more is somebody trying numbers */
  orderQueriesPerMinute: number
  log: Log
  /** how long a caller waits for WeChat Pay before it gets 202, milliseconds of real time */
  slowCallMs: number
  /** by number: answers in a row, in this process, that were not provably WeChat Pay's */
  notAuthentic: Map<string, number>
  /** calls to WeChat Pay that may still reach it, of every process */
  calls: Calls
  /** operations whose call is under way in this process */
  inFlight: Map<string, Promise<unknown>>
}
