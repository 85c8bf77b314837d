// Text keeps its line breaks. `space` and `decode` change what is drawn, so the DOM text is rewritten.
import type { Builtin } from './define.ts'

const ENTITIES: Record<string, string> = {
  '&nbsp;': '\u00a0',
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&apos;': "'",
  '&ensp;': '\u2002',
  '&emsp;': '\u2003',
  '&quot;': '"',
}
const SPACES: Record<string, string> = { ensp: '\u2002', emsp: '\u2003', nbsp: '\u00a0' }

export const text: Builtin = {
  tag: 'text',
  properties: { selectable: [Boolean, false], userSelect: [Boolean, false], space: [String, ''], decode: [Boolean, false] },
  setup({ element, get }) {
    let observer: MutationObserver | undefined
    const rewrite = () => {
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE) continue
        const given = node.textContent ?? ''
        const decoded = get<boolean>('decode') ? given.replace(/&\w+;/g, entity => ENTITIES[entity] ?? entity) : given
        const space = SPACES[get<string>('space')]
        const drawn = space ? decoded.replaceAll(' ', space) : decoded
        if (drawn !== given) node.textContent = drawn
      }
    }
    const watch = () => {
      const needed = get<boolean>('decode') || Boolean(get<string>('space'))
      if (!needed) return
      observer ??= new MutationObserver(rewrite)
      observer.observe(element, { childList: true, characterData: true, subtree: true })
      rewrite()
    }
    const select = () => (element.style.userSelect = get<boolean>('selectable') || get<boolean>('userSelect') ? 'text' : '')
    return {
      changed: { decode: watch, space: watch, selectable: select, userSelect: select },
      attached: watch,
      detached: () => observer?.disconnect(),
    }
  },
}
