// Changes of a checklist as its administrator makes them, one by one: each can be made again on what a colleague saved meanwhile, so that nothing of either is
// lost. Pure.
import type { ChecklistContent, ChecklistItem } from '../../../../typings/api'

export type Edit =
  | { is: 'put'; item: ChecklistItem; /** null: a new one */ before: ChecklistItem | null }
  | { is: 'remove'; before: ChecklistItem }
  | { is: 'move'; id: string; by: -1 | 1 }

/** @returns the content with the change; itself where there is nothing to change (an item that is gone, or first already) */
export function applied(content: ChecklistContent, edit: Edit, usedIds: readonly string[] = []): ChecklistContent {
  switch (edit.is) {
    case 'put':
      return edit.before ? replaced(content, edit.item) : added(content, edit.item, usedIds)
    case 'remove':
      return { ...content, items: content.items.filter(({ id }) => id !== edit.before.id) }
    case 'move':
      return moved(content, edit.id, edit.by)
  }
}

/**
 * Whether a change that was made on `seen` would undo what a colleague did to the same item.
 * @param now what the colleague saved
 */
export function contradicts(edit: Edit, now: ChecklistContent): boolean {
  if (edit.is === 'move' || (edit.is === 'put' && edit.before === null)) return false
  const { before } = edit
  const held = now.items.find(({ id }) => id === before!.id)
  return canonical(held) !== canonical(before!)
}

/** The server's answer may name the fields in another order than the form. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}

function replaced(content: ChecklistContent, item: ChecklistItem): ChecklistContent {
  const old = content.items.find(({ id }) => id === item.id)
  // in another section it comes last; one that a colleague removed comes back
  if (!old || old.section !== item.section) {
    const others = content.items.filter(({ id }) => id !== item.id)
    return { ...content, items: atEndOfSection(others, item, content) }
  }
  return { ...content, items: content.items.map(one => (one.id === item.id ? item : one)) }
}

function added(content: ChecklistContent, item: ChecklistItem, usedIds: readonly string[]): ChecklistContent {
  const taken = new Set([...usedIds, ...content.items.map(({ id }) => id)])
  const own = { ...item, id: taken.has(item.id) ? freeId(item.section, [...taken]) : item.id }
  return { ...content, items: atEndOfSection(content.items, own, content) }
}

function atEndOfSection(items: readonly ChecklistItem[], item: ChecklistItem, { sections }: ChecklistContent): ChecklistItem[] {
  const order = new Map(sections.map(({ id }, index) => [id, index]))
  const place = (section: string) => order.get(section) ?? sections.length
  const before = items.filter(one => place(one.section) <= place(item.section))
  return [...before, item, ...items.filter(one => place(one.section) > place(item.section))]
}

/** Within its section: items are drawn by section. */
function moved(content: ChecklistContent, id: string, by: -1 | 1): ChecklistContent {
  const items = [...content.items]
  const at = items.findIndex(item => item.id === id)
  const section = items[at]?.section
  let other = at + by
  while (items[other] && items[other]!.section !== section) other += by
  if (at < 0 || !items[other]) return content
  ;[items[at], items[other]] = [items[other]!, items[at]!]
  return { ...content, items }
}

/** @param used of every version: the answer to an old item is never taken for a new one */
export function freeId(section: string, used: readonly string[]): string {
  const numbers = used.flatMap(id => (id.startsWith(section) ? [Number(/\d+/.exec(id)?.[0] ?? 0)] : []))
  return `${section}${Math.max(0, ...numbers) + 1}`
}
