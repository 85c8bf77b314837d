// Where attempts at 验证支付 lie until the server has them: on the phone while they are answered, in the outbox once they are submitted.
import type { Parcel } from '../../../rules/field-work'
import type { StoreContext } from '../../../stores/context'
import type { Outbox } from '../../../stores/field-work'
import type { SessionStore } from '../../../stores/session'
import { UnsentWork } from '../../../stores/unsent-work'
import { ATTEMPT, type Attempt } from './attempt'

export class KeptAttempts {
  private readonly work: UnsentWork<Attempt>

  constructor(
    phone: StoreContext['phone'],
    private readonly session: Pick<SessionStore, 'sender'>,
    private readonly outbox: Outbox,
  ) {
    this.work = new UnsentWork(phone.storage, phone.storedKeys, 'test', ATTEMPT)
  }

  /** Begun for this shop and never submitted, the one that was paid last first. One that the outbox has is there. */
  begun(sub_mchid: string): Attempt[] {
    const { sender } = this.session
    const kept = sender === null ? [] : this.work.all(sender).filter(({ shop }) => shop.sub_mchid === sub_mchid)
    const begun = kept.filter(attempt => {
      const parcel = this.outbox.parcel(attempt.id)
      if (parcel && parcel.revision >= attempt.revision) return false
      // killed while it came back to be changed
      if (parcel) this.outbox.supersede(attempt.id)
      return true
    })
    return begun.sort((one, other) => (other.observed_at ?? 0) - (one.observed_at ?? 0))
  }
  /** Submitted for this shop, and not with the server yet. */
  inOutbox(sub_mchid: string): Parcel[] {
    const items = this.outbox.items.filter(({ kind, shop }) => kind === 'evidence' && shop.sub_mchid === sub_mchid)
    return items.flatMap(({ id }) => this.outbox.parcel(id) ?? [])
  }
  /** @returns whether there was room */
  put(attempt: Attempt): boolean {
    const { sender } = this.session
    if (sender === null) return false
    try {
      this.work.put(sender, attempt.id, attempt)
      return true
    } catch {
      return false
    }
  }
  drop({ id }: Attempt): void {
    const { sender } = this.session
    if (sender !== null) this.work.drop(sender, id)
  }
}
