// 体验评分「可点击元素」 and WeChat's accessibility guide (product.md M28): whatever takes a tap says what it is and what it is called.
import type { App, Part } from '../app-parts.ts'
import { walk, type Element } from '../wxml.ts'

const takesTap = ({ attributes }: Element) => ['bind:tap', 'bindtap', 'catch:tap', 'catchtap'].some(name => attributes.has(name))
/** hidden from the reader of the screen: the same can be done another way, as with the mask beside a sheet's 取消 */
const hidden = ({ attributes }: Element) => attributes.get('aria-hidden') === 'true'
/** tags that say themselves what they are */
const NATIVE = /^(button|input|textarea|switch|radio|checkbox|slider|picker|navigator)$/

/** An element that says aloud that it does something: by itself, or a Vant button with its label. */
const speaks = (element: Element) =>
  element.attributes.has('aria-role') ||
  NATIVE.test(element.name) ||
  (element.name.startsWith('van-') && element.attributes.has('aria-label'))
const named = (element: Element): boolean =>
  element.attributes.has('aria-label') ||
  [...walk(element)].some(({ text, parent }) => text.trim() !== '' && !parent?.attributes.has('aria-hidden'))

export function tappable({ parts }: App): string[] {
  const byPath = new Map(parts.map(part => [part.path, part]))
  const speaksItself = (part: Part | undefined) => part !== undefined && [...walk(part.wxml)].some(speaks)
  return parts.flatMap(part =>
    [...walk(part.wxml)]
      .filter(element => takesTap(element) && !hidden(element))
      .flatMap(element => {
        const at = `${part.path}.wxml:${element.line}: <${element.name}>`
        const component = part.using[element.name]
        if (component)
          return speaksItself(byPath.get(component)) || speaks(element) ? [] : [`${at} takes a tap and its component has no aria-role`]
        const findings: string[] = []
        if (!speaks(element)) findings.push(`${at} takes a tap without aria-role`)
        if (!named(element)) findings.push(`${at} takes a tap without text or aria-label`)
        return findings
      }),
  )
}
