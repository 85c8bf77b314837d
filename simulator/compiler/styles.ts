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
  let root: Root
  try {
    root = postcss.parse(readStyle(path, sources, diagnostics), { from: file, map: false })
  } catch (error) {
    if (!(error instanceof CssSyntaxError)) throw error
    diagnostics.error(file, error.line ?? 1, error.column ?? 1, error.reason)
    return postcss.root()
  }
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
    if (declaration.prop.toLowerCase() === 'font-family' && !inFontFace) declaration.value = withChinese(declaration.value)
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
