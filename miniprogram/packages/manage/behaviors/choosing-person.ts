// Who gets shops, chosen in a sheet. Data: choosingPerson, personTitle, personSentence, people, peopleStatus, peopleProblem, peopleMore,
// peopleQuery.
import { bound } from '../../../behaviors/bound'
import { retry } from '../../../behaviors/retry'
import type { Taker } from '../stores/assignees'
import { stores } from '../stores/index'

const { assignees } = stores

type Page = WechatMiniprogram.Component.TrivialInstance

/**
 * Opens the sheet.
 * @param takes_from a staff id: only who sees every shop of that person
 */
export function choosePerson(page: Page, personTitle: string, personSentence: string, takes_from: string | null): void {
  void assignees.open(takes_from)
  page.setData({ choosingPerson: true, personTitle, personSentence })
}

/** Calls the page's `personTaken`. */
export const choosingPerson = Behavior({
  behaviors: [
    bound({
      people: () => assignees.people,
      peopleStatus: () => assignees.list.status,
      peopleProblem: () => assignees.list.problem,
      peopleMore: () => assignees.list.more,
      peopleQuery: () => assignees.list.filter.query,
    }),
  ],
  data: { choosingPerson: false, personTitle: '', personSentence: '' },
  methods: {
    onPersonFind(event: { detail: { value: string } }) {
      const { value } = event.detail
      if (value === assignees.list.filter.query) return
      if (assignees.find(value)) this.selectComponent('#person-sheet').selectComponent('#find-person').clear(value)
    },
    onPersonTake(event: { detail: Taker }) {
      this.setData({ choosingPerson: false })
      this.personTaken(event.detail)
    },
    onPersonMore() {
      void assignees.list.loadMore()
    },
    onPersonRetry() {
      void retry(() => assignees.list.refresh())
    },
    onPersonClose() {
      this.setData({ choosingPerson: false })
    },
    personTaken(_taker: Taker) {},
  },
})
