// What has to be sent to the view so that it shows `after` where it showed `before`: only the leaves that differ, as setData's paths, or the whole
// where that is shorter.

type Tree = Record<string, unknown>

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Adds to `into` one entry for each path whose value differs. An object that lost a key and an array that got shorter are sent whole, since
 * setData cannot remove.
 * @param path where `after` stands in the page's data, e.g. `verdict` or `evidence[2]`
 */
export function changesOf(path: string, before: unknown, after: unknown, into: Tree = {}): Tree {
  if (Object.is(before, after)) return into
  if (isTree(before) && isTree(after) && Object.keys(before).every(key => key in after)) {
    const leaves: Tree = {}
    Object.keys(after).forEach(key => changesOf(`${path}.${key}`, before[key], after[key], leaves))
    Object.assign(into, shorter(leaves, path, after))
  } else if (Array.isArray(before) && Array.isArray(after) && before.length > 0 && before.length <= after.length) {
    const leaves: Tree = {}
    after.forEach((item, index) => changesOf(`${path}[${index}]`, before[index], item, leaves))
    Object.assign(into, shorter(leaves, path, after))
  } else {
    // setData refuses undefined
    into[path] = after === undefined ? null : after
  }
  return into
}

const lengthOf = (changes: Tree) => JSON.stringify(changes).length

function shorter(leaves: Tree, path: string, after: Tree | unknown[]): Tree {
  const whole = { [path]: after }
  return Object.keys(leaves).length > 1 && lengthOf(whole) < lengthOf(leaves) ? whole : leaves
}
