// Who shops can be given to: found by name, a page at a time. Bind: people, list.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { Assignee } from '../../../../typings/api'
import { holdsPaymentCode } from '../../../shared/payment-code'
import type { StoreContext } from '../../../stores/context'
import type { AssignApi } from '../assign/endpoints'
import { FilteredList } from './filtered-list'
import '../words/people.words'

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

interface AssigneeFilter {
  query: string
  /** whose shops are to go; null: shops of a list */
  takes_from: string | null
}

export class AssigneesStore {
  readonly list: FilteredList<Assignee, AssigneeFilter>

  constructor(
    private readonly context: StoreContext,
    api: AssignApi,
  ) {
    this.list = new FilteredList<Assignee, AssigneeFilter>(context, {
      none: { query: '', takes_from: null },
      fetch: ({ query, takes_from }, paging, scope) => {
        const q = query.trim()
        return api.listAssignees({ ...(q === '' ? {} : { q }), ...(takes_from === null ? {} : { takes_from }), ...paging }, scope)
      },
      idOf: ({ id }) => id,
    })
    makeAutoObservable<this, 'context'>(this, { context: false, list: false, people: computed.struct }, { autoBind: true })
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
  open(takes_from: string | null): Promise<void> {
    return this.list.narrow({ query: '', takes_from })
  }
  /** A customer's payment code is no name: it goes nowhere. @returns whether the box is to be emptied */
  find(text: string): boolean {
    const refused = holdsPaymentCode(text)
    if (refused) this.list.empty({ query: '' })
    else this.list.type({ query: text })
    return refused
  }
  close(): void {
    this.list.leave()
  }
}
