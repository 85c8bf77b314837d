// 体验评分「setData 的数据应绑定到 WXML」: what goes to the view and is drawn nowhere is paid for and never seen.
import { rootOf, type App, type Part } from '../app-parts.ts'
import { expressions, pathsOf, walk } from '../wxml.ts'

/** Roots that the WXML of a part speaks of. Loop variables are among them; they hide no key, because keys are not called `item`. */
function drawnRoots(part: Part): Set<string> {
  const drawn = new Set<string>()
  for (const element of walk(part.wxml)) {
    for (const text of [element.text, ...element.attributes.values()])
      for (const expression of expressions(text)) for (const [first] of pathsOf(expression)) drawn.add(first!)
  }
  return drawn
}

/** First-level keys of every object that is written into a setData call: `setData({ asking, 'sheet.on': true })` gives asking and sheet. */
export function keysSet(source: string): string[] {
  const keys: string[] = []
  for (const call of source.matchAll(/\bthis\.setData\(\s*\{/g)) {
    let depth = 0
    let atKey = true
    for (let at = call.index + call[0].length - 1; at < source.length; at += 1) {
      const sign = source[at]!
      if (atKey && depth === 1 && !/[\s,]/.test(sign)) {
        const [whole, quoted, bare] = /^(?:['"`]([^'"`]*)['"`]|([\w$]+))/.exec(source.slice(at)) ?? []
        const key = quoted ?? bare
        if (key !== undefined && !key.includes('${')) keys.push(rootOf(key))
        if (whole) at += whole.length - 1
        atKey = false
      } else if (/['"`]/.test(sign)) {
        const end = source.indexOf(sign, at + 1)
        at = end < 0 ? source.length : end
      } else if (/[{[(]/.test(sign)) depth += 1
      else if (/[}\])]/.test(sign)) {
        depth -= 1
        if (depth === 0) break
      } else if (sign === ',' && depth === 1) atKey = true
    }
  }
  return keys
}

const reads = (part: Part, name: string) =>
  part.functions.some(source =>
    new RegExp(`\\b(this|self)\\.(data|properties)\\.${name}\\b|\\b${name}\\b[^=]*\\} = this\\.data`).test(source),
  )

export function drawnKeys({ parts }: App): string[] {
  return parts.flatMap(part => {
    const drawn = drawnRoots(part)
    const sent = new Set([...part.keys, ...part.functions.flatMap(keysSet)])
    const unseen = [...sent].filter(key => !drawn.has(key) && !part.properties.includes(key))
    const idle = part.properties.filter(name => !drawn.has(name) && !part.observed.includes(name) && !reads(part, name))
    return [
      ...unseen.map(key => `${part.path}.wxml: data.${key} is sent to the view and not drawn`),
      ...idle.map(name => `${part.path}.ts: the property ${name} is neither drawn nor read`),
    ]
  })
}
