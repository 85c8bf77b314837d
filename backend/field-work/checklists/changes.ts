// What one version of a checklist makes different of another. Pure.
import { isDeepStrictEqual } from 'node:util'
import type { ChecklistChanges, ChecklistContent, ChecklistFact } from './schema.ts'

type Content = Pick<ChecklistContent, 'items' | 'sections' | 'title_zh' | 'title_en'>

export function changesBetween(before: Content, after: Content): ChecklistChanges {
  const [old, now] = [before, after].map(({ items }) => new Map(items.map(item => [item.id, item])))
  const idsOf = ({ items }: Content) => items.map(({ id }) => id)
  const kept = (content: Content) => idsOf(content).filter(id => old!.has(id) && now!.has(id))
  return {
    added: idsOf(after).filter(id => !old!.has(id)),
    removed: idsOf(before).filter(id => !now!.has(id)),
    changed: kept(after).filter(id => !isDeepStrictEqual(old!.get(id), now!.get(id))),
    moved: !isDeepStrictEqual(kept(before), kept(after)),
  }
}

const factsIn = ({ items }: Pick<Content, 'items'>): ChecklistFact[] => items.flatMap(({ fact }) => fact ?? [])

/** Evidence that visits gave by the one and do not give by the other. */
export const factsLost = (before: Content, after: Content): ChecklistFact[] => {
  const left = new Set(factsIn(after))
  return factsIn(before).filter(fact => !left.has(fact))
}
