// What the parts of the program are given: nothing below this reads the environment, the system's time or another module's state.
import type { ClockSkew } from './clock-skew.ts'
import type { Clock } from './clock.ts'
import type { Database } from '../database/connection.ts'
import type { Log } from './log.ts'
import type { PayCalls } from './metrics.ts'

/** What every room may need. What a room brings, it adds itself (`declare module`): whoever is given it, does not reach up to it. */
export interface Context {
  clock: Clock
  skew: ClockSkew
  db: Database
  /** the home number of the provider that this process serves: staff, checklist and photos stand under it */
  sp_mchid: string
  payCalls: PayCalls
  /** of one member of staff: more is somebody trying numbers */
  orderQueriesPerMinute: number
  log: Log
  /** how long a caller waits for WeChat Pay before it gets 202, milliseconds of real time */
  slowCallMs: number
  /** by number: answers in a row, in this process, that were not provably WeChat Pay's */
  notAuthentic: Map<string, number>
  /** operations whose call is under way in this process */
  inFlight: Map<string, Promise<unknown>>
}
