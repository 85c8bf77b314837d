// WXS → JavaScript. WXS looks like JavaScript but `x.constructor` is the type's name, getRegExp and getDate stand for RegExp and Date,
// and a string given to getRegExp keeps backslashes that JavaScript would drop ('\d').
import { parseSync } from '@swc/core'
import { transformSync, type TransformFailure } from 'esbuild'
import { positionAt, type Diagnostics } from './diagnostics.ts'

interface Edit {
  start: number
  end: number
  text: string
}

type SyntaxNode = { type: string; span: { start: number; end: number } } & Record<string, unknown>

/** Syntax that JavaScript has and WXS has not. It runs here: other containers of mini programs take it. */
const NOT_WXS: Record<string, string> = {
  ArrowFunctionExpression: 'arrow functions',
  TemplateLiteral: 'template strings',
  ClassDeclaration: 'classes',
  ClassExpression: 'classes',
  ForOfStatement: 'for … of',
  ObjectPattern: 'destructuring',
  ArrayPattern: 'destructuring',
  RestElement: 'rest parameters',
  SpreadElement: 'spread',
  OptionalChainingExpression: 'optional chaining',
  AwaitExpression: 'await',
  RegExpLiteral: 'regular expression literals; use getRegExp()',
  NewExpression: 'new; use getDate() or getRegExp()',
}

/** What WeChat's compiler refuses too, as of the one in npm (miniprogram-compiler 0.2.3); newer ones may be milder. */
const DOUBTFUL: Record<string, string> = {
  ForInStatement: 'for … in',
  LabeledStatement: 'labels',
  WithStatement: 'with',
  MethodProperty: 'methods without "function"',
  GetterProperty: 'getters',
  SetterProperty: 'setters',
}

const LOOPS = new Set(['ForStatement', 'WhileStatement', 'DoWhileStatement', 'ForInStatement'])

/**
 * @param file absolute, for diagnostics
 * @param place 1-based line and column where `source` starts in the file
 * @param name what a loop without an end is told by, besides its line
 */
export function compileWxs(given: string, file: string, diagnostics: Diagnostics, place = { line: 1, column: 1 }, name = file): string {
  const source = withoutReservedNames(given)
  let program: SyntaxNode
  try {
    program = parseSync(source, { syntax: 'ecmascript', target: 'es5', isModule: false } as Parameters<
      typeof parseSync
    >[1]) as unknown as SyntaxNode
  } catch (error) {
    const { line, column, message } = mistake(source, error as Error)
    diagnostics.error(file, place.line + line - 1, line === 1 ? place.column + column - 1 : column, message)
    return ''
  }
  const bytes = Buffer.from(source)
  // swc counts UTF-8 bytes from 1
  const textOf = (node: SyntaxNode) => bytes.subarray(node.span.start - 1, node.span.end - 1).toString()
  const edits: Edit[] = []
  visit(program, node => {
    if (LOOPS.has(node.type)) edits.push(...loopEdits(node, `${name}:${place.line + lineOf(bytes, node) - 1}`))
    // `{ [name]: 1 }`; `list[index]` is fine
    const key = node['key'] as SyntaxNode | undefined
    const doubtful = DOUBTFUL[node.type] ?? (key?.type === 'Computed' ? 'computed names' : undefined)
    if (doubtful) {
      const { line, column } = placeOf(bytes, key?.type === 'Computed' ? key : node, place)
      diagnostics.warning(file, line, column, `WeChat's compiler refuses ${doubtful} in WXS`)
    }
    const modern = NOT_WXS[node.type] ?? (node.type === 'VariableDeclaration' && node['kind'] !== 'var' ? String(node['kind']) : undefined)
    if (modern) {
      const { line, column } = placeOf(bytes, node, place)
      diagnostics.warning(file, line, column, `WXS has no ${modern}`)
    }
    if (node.type === 'MemberExpression') {
      const property = node['property'] as SyntaxNode
      if (property.type === 'Identifier' && property['value'] === 'constructor') {
        const object = node['object'] as SyntaxNode
        edits.push({ start: node.span.start, end: object.span.start, text: '$constructorOf(' })
        edits.push({ start: object.span.end, end: node.span.end, text: ')' })
      }
    }
    if (node.type === 'CallExpression') {
      const callee = node['callee'] as SyntaxNode
      const target = (node['arguments'] as { expression: SyntaxNode }[])[0]?.expression
      if (callee.type === 'Identifier' && target) {
        if (callee['value'] === 'getRegExp' && target.type === 'StringLiteral') {
          edits.push({
            ...target.span,
            text: textOf(target).replace(/\\(.)/gs, (all, mark: string) => (/[\\'"nrtbfvux0\n]/.test(mark) ? all : `\\\\${mark}`)),
          })
        }
        if (callee['value'] === 'require' && target.type === 'StringLiteral')
          edits.push({ ...target.span, text: textOf(target).replace(/\.wxs(?=['"]$)/, '') })
      }
    }
  })
  return applyEdits(bytes, edits)
}

/** Offsets of swc go on from the last file that it read; the program's own is the start of this one. */
function placeOf(bytes: Buffer, node: SyntaxNode, place: { line: number; column: number }): { line: number; column: number } {
  const before = bytes.subarray(0, node.span.start - 1).toString()
  const at = positionAt(before, before.length)
  return { line: place.line + at.line - 1, column: at.line === 1 ? place.column + at.column - 1 : at.column }
}

const lineOf = (bytes: Buffer, node: SyntaxNode) => placeOf(bytes, node, { line: 1, column: 1 }).line

/** A loop asks at each turn whether it has run for too long: one without an end would freeze the phone. */
function loopEdits(loop: SyntaxNode, at: string): Edit[] {
  const { type, span } = loop['body'] as SyntaxNode
  const ask = `$loop(${JSON.stringify(at)});`
  if (type === 'BlockStatement') return [{ start: span.start + 1, end: span.start + 1, text: ask }]
  return [
    { start: span.start, end: span.start, text: `{${ask}` },
    { start: span.end, end: span.end, text: '}' },
  ]
}

/** A string, a comment, or a word with what stands before and after it. */
const TOKEN = /"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|\/\*[^]*?\*\/|\/\/.*|[\w$]+/g
const RESERVED = new Set(['class', 'enum', 'extends', 'super', 'import', 'export', 'const'])

/** WXS lets variables have names that JavaScript has reserved: `var class` of WeChat's own examples. */
function withoutReservedNames(source: string): string {
  if (!/\b(class|enum|extends|super|import|export|const)\b/.test(source)) return source
  return source.replace(TOKEN, (word, offset: number) => {
    if (!RESERVED.has(word)) return word
    const before = /[^\s]?\s*$/.exec(source.slice(Math.max(0, offset - 40), offset))![0].trim()
    const after = source.slice(offset + word.length, offset + word.length + 40).trimStart()
    const isField = before === '.' || (after.startsWith(':') && (before === '{' || before === ','))
    // `class Card`, `import a`: the word is used as JavaScript does, and refused
    const isModern = /^[\w${*"']/.test(after)
    return isField || isModern ? word : `${word}_`
  })
}

function applyEdits(bytes: Buffer, edits: Edit[]): string {
  edits.sort((a, b) => a.start - b.start || a.end - b.end)
  let done = 1
  let result = ''
  for (const { start, end, text } of edits) {
    result += bytes.subarray(done - 1, start - 1).toString() + text
    done = end
  }
  return result + bytes.subarray(done - 1).toString()
}

function visit(value: unknown, each: (node: SyntaxNode) => void): void {
  if (!value || typeof value !== 'object') return
  if (Array.isArray(value)) {
    for (const item of value) visit(item, each)
    return
  }
  if (typeof (value as SyntaxNode).type === 'string') each(value as SyntaxNode)
  for (const child of Object.values(value)) visit(child, each)
}

/** swc draws a picture of the place; esbuild says it. */
function mistake(source: string, error: Error): { line: number; column: number; message: string } {
  try {
    transformSync(source, { loader: 'js', logLevel: 'silent' })
  } catch (failure) {
    const [first] = (failure as TransformFailure).errors
    if (first) return { line: first.location?.line ?? 1, column: (first.location?.column ?? 0) + 1, message: first.text }
  }
  return { line: 1, column: 1, message: error.message.split('\n')[0]! }
}
