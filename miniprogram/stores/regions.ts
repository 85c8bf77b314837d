import { makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { RegionTree } from '../../typings/api'
import type { StoreContext } from './context'

/** The regions that the account may choose from, read once. Bind: tree, failed. */
export class RegionsStore {
  tree: RegionTree | null = null
  /** the last try did not succeed */
  failed = false
  private asking = false

  constructor(private readonly context: StoreContext) {
    makeAutoObservable<this, 'context' | 'asking'>(this, { context: false, asking: false, tree: observable.ref }, { autoBind: true })
  }

  load(): Promise<void> {
    if (this.tree || this.asking) return Promise.resolve()
    this.asking = true
    this.failed = false
    return this.context.api
      .listRegions()
      .catch(() => null)
      .then(tree =>
        runInAction(() => {
          this.asking = false
          this.tree = tree
          this.failed = tree === null
        }),
      )
  }
  /** Another account sees other regions. */
  reset(): void {
    this.tree = null
    this.failed = false
  }
}
