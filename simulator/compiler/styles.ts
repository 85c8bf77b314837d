// WXSS → CSS. Class names get a mark that the runtime replaces by the component's scope (styleIsolation may be set in JS options, so it is known
// only then); rpx becomes vw; tag names of built-in components become their wx- elements; safe areas and the colour scheme follow the phone.
import postcss, { CssSyntaxError, type AtRule, type Root } from 'postcss'
import selectorParser from 'postcss-selector-parser'
import { BUILTINS, LACKING_TAGS } from '../builtins/attributes.ts'
import { withChinese } from '../runtime/font-families.ts'
import { convertLengths } from '../runtime/lengths.ts'
import { SCOPE_MARK } from '../runtime/style-marks.ts'
import type { Diagnostics } from './diagnostics.ts'
import { readStyle } from './preprocessors.ts'
import type { Sources } from './sources.ts'

const cache = new Map<string, { sources: string; css: string }>()

/** @param component path without ending: what `:host` means in this file */
export function compileWxss(path: string, component: string, sources: Sources, diagnostics: Diagnostics): string {
  const root = expandImports(path, sources, diagnostics, [])
  const text = root.toString()
  const known = cache.get(path)
  if (known?.sources === component + text) return known.css
  const css = convert(root, path, component, sources, diagnostics)
  cache.set(path, { sources: component + text, css })
  return css
}

function expandImports(path: string, sources: Sources, diagnostics: Diagnostics, above: string[]): Root {
  const file = sources.real(path)
  const root = parse(readStyle(path, sources, diagnostics), file, diagnostics)
  root.walkAtRules('import', rule => {
    const target = /^(?:url\()?\s*["']?([^"')]+)["']?\s*\)?\s*$/.exec(rule.params)?.[1] ?? ''
    const found = sources.resolvePath(path, target.replace(/^~/, ''), candidate => sources.exists(candidate))
    if (found && !above.includes(found)) rule.replaceWith(expandImports(found, sources, diagnostics, [...above, path]).nodes)
    else {
      report('warning', rule, file, diagnostics, found ? `@import "${target}" imports itself` : `@import "${target}" is not found`)
      rule.remove()
    }
  })
  return root
}

/** What a browser passes over, WeChat's compiler lets through: a declaration that is none. More of them are nobody's style. */
const MOST_MISTAKES = 200

/** WeChat refuses braces that do not match; of a broken declaration only the place is told, and the rest of the file holds. */
function parse(given: string, file: string, diagnostics: Diagnostics): Root {
  let text = given
  for (let left = MOST_MISTAKES; ; left -= 1) {
    try {
      return postcss.parse(text, { from: file, map: false })
    } catch (error) {
      if (!(error instanceof CssSyntaxError)) throw error
      const { line = 1, column = 1, reason } = error
      const rest = left > 0 && /^(Double colon|Unknown word)/.test(reason) ? withoutDeclaration(text, line, column) : undefined
      diagnostics.add(rest === undefined ? 'error' : 'warning', file, line, column, reason)
      if (rest === undefined) return postcss.root()
      text = rest
    }
  }
}

/** The declaration at a place becomes blanks, so that nothing else moves. @returns undefined where none is found */
function withoutDeclaration(text: string, line: number, column: number): string | undefined {
  let at = 0
  for (let left = line; left > 1; left -= 1) at = text.indexOf('\n', at) + 1
  at += column - 1
  const start = Math.max(text.lastIndexOf(';', at - 1), text.lastIndexOf('{', at - 1), text.lastIndexOf('}', at - 1)) + 1
  const length = text.slice(at).search(/[;}]/)
  const end = length < 0 ? text.length : at + length + (text[at + length] === ';' ? 1 : 0)
  const cut = text.slice(start, end)
  return cut.trim() ? text.slice(0, start) + cut.replaceAll(/[^\n]/g, ' ') + text.slice(end) : undefined
}

function report(
  severity: 'error' | 'warning',
  node: { source?: { start?: { line: number; column: number } | undefined } | undefined },
  file: string,
  diagnostics: Diagnostics,
  message: string,
) {
  diagnostics.add(severity, file, node.source?.start?.line ?? 1, node.source?.start?.column ?? 1, message)
}

function convert(root: Root, path: string, component: string, sources: Sources, diagnostics: Diagnostics): string {
  const rewriteSelector = selectorParser(selectors => {
    selectors.walk(node => {
      if (node.type === 'class') node.value = SCOPE_MARK + node.value
      else if (node.type === 'tag') {
        const name = node.value.toLowerCase()
        if (name === 'page' || BUILTINS[name] || LACKING_TAGS.has(name)) node.value = `wx-${name}`
      } else if (node.type === 'pseudo' && node.value === ':host') {
        node.replaceWith(selectorParser.tag({ value: `[data-is="${component}"]` }))
      }
    })
  })
  root.walkComments(comment => void comment.remove())
  root.walkRules(rule => {
    if ((rule.parent as AtRule | undefined)?.name?.endsWith('keyframes')) return
    try {
      rule.selector = rewriteSelector.processSync(rule.selector)
    } catch (error) {
      report(
        'warning',
        rule,
        rule.source?.input.file ?? sources.real(path),
        diagnostics,
        `selector "${rule.selector}": ${(error as Error).message}`,
      )
    }
  })
  root.walkDecls(declaration => {
    declaration.value = convertLengths(declaration.value)
    const inFontFace = (declaration.parent as AtRule | undefined)?.name === 'font-face'
    if (/^font(-family)?$/i.test(declaration.prop) && !inFontFace) declaration.value = withChinese(declaration.value)
    const local = /url\(\s*["']?(?!data:|https?:|\/\/|#|["')])([^"')]+)/.exec(declaration.value)
    if (local && !sources.isNpm(path)) {
      report(
        'warning',
        declaration,
        declaration.source?.input.file ?? sources.real(path),
        diagnostics,
        `url(${local[1]}): WXSS cannot use local files; use an https address, a data URL or <image>`,
      )
    }
  })
  root.walkAtRules('media', rule => {
    rule.params = convertLengths(rule.params)
  })
  return root.toString()
}
