// Who shops can be given to: found by name, a page at a time. Bind: people, status, problem, more, query.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { Assignee } from '../../../../typings/api'
import type { ProblemView } from '../../../rules/error-copy'
import { holdsPaymentCode } from '../../../shared/payment-code'
import type { StoreContext } from '../../../stores/context'
import type { ManageApi } from '../endpoints'
import { PagedList, type MoreStatus } from '../../../stores/paged-list'
import type { ResourceStatus } from '../../../stores/resource'
import '../words/people.zh-CN'

/** Who was chosen. */
export interface Taker {
  /** '' for nobody */
  id: string
  name: string
}

export interface PersonChoice {
  id: string
  name: string
  /** role and regions */
  facts: string
  shops: string
}

/** Wait after the last keystroke before a search leaves. */
const DEBOUNCE_MS = 300

export class AssigneesStore {
  query = ''
  /** whose shops are to go; null: shops of a list */
  takes_from: string | null = null
  private debounce: unknown = null
  private readonly list: PagedList<Assignee>

  constructor(
    private readonly context: StoreContext,
    api: ManageApi,
  ) {
    this.list = new PagedList({
      context,
      fetch: (cursor, scope) => {
        const q = this.query.trim()
        return api.listAssignees(
          {
            ...(q === '' ? {} : { q }),
            ...(this.takes_from === null ? {} : { takes_from: this.takes_from }),
            ...(cursor === null ? {} : { cursor }),
          },
          scope,
        )
      },
      idOf: ({ id }) => id,
    })
    makeAutoObservable<this, 'context' | 'list' | 'debounce'>(
      this,
      { context: false, list: false, debounce: false, people: computed.struct },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.list.status
  }
  get problem(): ProblemView | null {
    return this.list.problem
  }
  get more(): MoreStatus {
    return this.list.more
  }
  get people(): PersonChoice[] {
    const { say } = this.context.preferences
    return this.list.items.map(({ id, display_name, role, region_names, shops }) => ({
      id,
      name: display_name,
      facts: [say(`role.${role}`), region_names.join(say('common.comma')) || say('people.everywhere')].join(' · '),
      shops: shops === 0 ? say('people.no_shops') : say('people.shops', { count: shops }),
    }))
  }

  /** @param takes_from a staff id: only who sees every shop of that person */
  async open(takes_from: string | null): Promise<void> {
    this.context.timers.clear(this.debounce)
    this.query = ''
    this.takes_from = takes_from
    await this.list.load()
  }
  /** A customer's payment code is no name: it goes nowhere. @returns whether the box is to be emptied */
  find(text: string): boolean {
    this.context.timers.clear(this.debounce)
    this.query = holdsPaymentCode(text) ? '' : text
    if (this.query !== text) return true
    this.debounce = this.context.timers.set(() => void this.list.load(), DEBOUNCE_MS)
    return false
  }
  async retry(): Promise<void> {
    await this.list.load()
  }
  async loadMore(): Promise<void> {
    await this.list.loadMore()
  }
  close(): void {
    this.context.timers.clear(this.debounce)
    this.list.reset()
    this.query = ''
  }
}
