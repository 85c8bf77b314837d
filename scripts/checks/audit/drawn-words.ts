// 体验评分「setData 的数据应绑定到 WXML」 for a page's words: a section of the dictionary goes to the view as a whole, which is right while most of it
// is drawn. A page that draws few words of a long section names them (behaviors/screen).
import type { App } from '../app-parts.ts'
import { isDrawn, leavesOf, usesOf } from '../drawn-paths.ts'

/** bytes of words that a page may send without drawing them */
const IDLE_LIMIT = 512

export function drawnWords({ parts }: App): string[] {
  const byPath = new Map(parts.map(part => [part.path, part]))
  return parts.flatMap(part => {
    const { copy } = part.attached
    if (!copy) return []
    const uses = usesOf(part, byPath).filter(({ path }) => path[0] === 'copy')
    const sent = leavesOf(copy, ['copy'])
    const idle = sent.filter(({ path }) => !isDrawn(path, uses))
    const bytes = Buffer.byteLength(JSON.stringify(Object.fromEntries(idle.map(({ path, value }) => [path.join('.'), value]))))
    const given = new Set(sent.map(({ path }) => path.join('.')))
    const missing = uses.filter(({ path, whole }) => !whole && path.length === 3 && !path.includes('*') && !given.has(path.join('.')))
    return [
      ...(bytes > IDLE_LIMIT
        ? [
            `${part.path}.ts: ${bytes} bytes of words are sent and not drawn (${idle.length} of ${sent.length}): name the ones that are drawn`,
          ]
        : []),
      ...[...new Set(missing.map(({ path }) => path.join('.')))].map(
        word => `${part.path}.wxml: ${word} is drawn and not among the page's words`,
      ),
    ]
  })
}
