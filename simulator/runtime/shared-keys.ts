// Rows of a list with the same key. The framework gives them keys of their own (`8--0`, `8--1`) and forgets, when some rows of the list change and
// others move up, that a row it takes for another's may differ from it: it looks for the new keys among the old names.

/** the framework's, while it draws: what a template calls for text, element, wx:if and wx:for, in this order */
type Draw = (isCreation: boolean, text: unknown, element: unknown, condition: unknown, loop: Loop, ...more: unknown[]) => void
/** @param changed what differs in the list since it was drawn: everything (true), nothing (undefined), or a tree of it */
type Loop = (list: unknown, key: string | null, changed: unknown, ...more: unknown[]) => void

interface Updating {
  handleChildrenUpdate(draw: Draw, ...rest: unknown[]): void
}

const mended = new WeakSet<object>()

/** Lists whose keys are not unique are compared whole from now on, whoever draws them. */
export function drawSharedKeysWhole(wrapper: object): void {
  const framework = Object.getPrototypeOf(wrapper) as Updating
  if (mended.has(framework)) return
  mended.add(framework)
  const update = framework.handleChildrenUpdate
  framework.handleChildrenUpdate = function (draw, ...rest) {
    const watched: Draw = (isCreation, text, element, condition, loop, ...more) => {
      const whole: Loop = (list, key, changed, ...others) =>
        loop(list, key, isPart(changed) && hasSharedKeys(list, key) ? true : changed, ...others)
      draw(isCreation, text, element, condition, whole, ...more)
    }
    update.call(this, watched, ...rest)
  }
}

const isPart = (changed: unknown) => typeof changed === 'object' && changed !== null

function hasSharedKeys(list: unknown, key: string | null): boolean {
  if (key === null || typeof list !== 'object' || list === null) return false
  const rows = Object.values(list) as unknown[]
  const keys = new Set(rows.map(row => String((key === '*this' ? row : (row as Record<string, unknown> | null | undefined)?.[key]) ?? '')))
  return keys.size < rows.length
}
