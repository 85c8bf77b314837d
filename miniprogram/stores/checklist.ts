// The checklist of a visit, kept on the phone: in a basement the newest one that was ever loaded is used (product.md §8, §10).
import { makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { ChecklistTemplate } from '../../typings/api'
import type { TaggedTemplate } from '../api/endpoints'
import { asApiError, type ApiError } from '../api/errors'
import type { StoreContext } from './context'
import { keptAs } from '../phone/kept-as'

/** not bound to an account: a checklist says nothing about anybody */
const KEY = 'checklist'
const CHECKLIST = keptAs<TaggedTemplate>(1, { template: { items: [{}] } })

export class ChecklistStore {
  /** null: none was ever loaded on this phone */
  current: ChecklistTemplate | null
  /** why the last try to load it failed */
  error: ApiError | null = null
  private kept: TaggedTemplate | null
  private asking: Promise<void> | null = null

  constructor(private readonly context: StoreContext) {
    this.kept = CHECKLIST.read(context.phone.storage, KEY)
    this.current = this.kept?.template ?? null
    makeAutoObservable<this, 'context' | 'kept' | 'asking'>(
      this,
      { context: false, kept: false, asking: false, current: observable.ref, error: observable.ref },
      { autoBind: true },
    )
  }

  /** After login, and when a visit is begun. Never rejects; what is there stays usable. */
  refresh(): Promise<void> {
    this.asking ??= this.load().finally(() => (this.asking = null))
    return this.asking
  }

  private load(): Promise<void> {
    return this.context.api
      .getChecklist(this.kept?.etag ?? null)
      .then(this.took)
      .catch((thrown: unknown) =>
        runInAction(() => {
          this.error = asApiError(thrown)
        }),
      )
  }
  private took(newer: TaggedTemplate | null): void {
    this.error = null
    if (newer === null) return
    this.kept = newer
    this.current = newer.template
    CHECKLIST.writeIfRoom(this.context.phone.storage, KEY, newer)
  }
}
