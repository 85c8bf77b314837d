// What every store is made from; stores/index.ts brings the phone's, a test its own.
import type { Api } from '../api/endpoints'
import type { Phone } from '../phone/phone'
import type { ApiError } from '../api/errors'
import type { ProblemView } from '../rules/error-copy'
import type { Timers } from '../rules/timers'
import type { NetworkStore } from './network'
import type { PreferencesStore } from './preferences'

export interface StoreContext {
  api: Api
  phone: Phone
  timers: Timers
  random: () => number
  network: NetworkStore
  preferences: PreferencesStore
  /** what a person is told of it, for what runs at launch: its words are loaded by the first error */
  problemOf(error: ApiError): ProblemView
}
