// What lasts and concerns every tab: no network, a slow one, a wrong clock. A template draws one banner for each.
import { bound } from './bound'
import { conditionsOf, type Condition } from '../rules/conditions'
import { stores } from '../stores/index'
import { LOCK_AFTER_DAYS } from '../stores/session'

const { minute, network, outbox, pack, preferences, session } = stores

/** What is true of network and clock now; nothing on the login page's behalf. */
export const conditionsNow = (): Condition[] =>
  session.staff === null
    ? []
    : conditionsOf(
        {
          online: network.online,
          weak: network.weak,
          since: network.since,
          waiting: outbox.unsent,
          last_sent: outbox.last_sent_at,
          has_pack: pack.facts !== null,
          clock_behind: session.clock_behind,
          locked_after: session.locked ? LOCK_AFTER_DAYS : null,
          now: minute.now,
        },
        preferences.say,
      )

/** Data: conditions. */
export const connection = Behavior({ behaviors: [bound({ conditions: conditionsNow })] })
