// What is on screen is from before, because a newer answer did not come: the page says so, and of when it is.
import { bound } from '../../../behaviors/bound'
import { absoluteTime } from '../../../rules/relative-time'
import { stores } from '../stores/index'
import '../words/age.words'

interface Reading {
  /** the last attempt failed, and what is shown is from before */
  readonly stale: boolean
  /** when what is shown was read (ms of the phone) */
  readonly as_of: number | null
}

const { preferences, session } = stores

/** Data: age, '' for what is of now; age_fact. */
export const ageOf = (reading: Reading) =>
  bound({
    age_fact: () => preferences.say('age.fact'),
    age: () =>
      reading.stale && reading.as_of !== null
        ? preferences.say('age.text', { time: absoluteTime(reading.as_of, session.serverNow(), preferences.say, { today: true }) })
        : '',
  })
