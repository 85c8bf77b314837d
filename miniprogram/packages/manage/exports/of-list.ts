// What the list 商户 is narrowed to, as an export asks for it and in words.
import type { NewExport } from '../../../../typings/api'
import { activeChips, filterQuery, type Filters } from '../../../rules/filters'
import { stateShortKey } from '../../../rules/states'
import { firstCharacters, SEARCH_LIMIT, wholeCharacters } from '../../../shared/characters'
import type { Say } from '../../../words/say'
import './words'

interface List {
  filters: Filters
  /** what stands in the search box */
  query: string
}

const searched = ({ query }: List): string => firstCharacters(wholeCharacters(query.trim()), SEARCH_LIMIT)

export function listFilter(list: List): Extract<NewExport, { kind: 'merchants' }>['filter'] {
  const q = searched(list)
  return { ...filterQuery(list.filters), ...(q !== '' && { q }) }
}

/** One after the other; empty: it is not narrowed. */
export function listWords(list: List, say: Say): string[] {
  const q = searched(list)
  const { state, assigned_to } = list.filters
  return [
    ...(q === '' ? [] : [say('exports.searched', { text: q })]),
    ...state.map(one => say(stateShortKey(one))),
    ...activeChips(list.filters, say).map(({ label }) => label),
    ...(assigned_to === 'me' ? [say('filter.me')] : []),
  ]
}
