// Which events each built-in of the simulator sends, read from its code: what is reached from the object with its `tag`, over functions and files.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse, type AnyNode, type Identifier, type Program } from 'acorn'
import { transformSync } from 'esbuild'

const FOLDER = 'simulator/builtins'

interface Module {
  file: string
  program: Program
  /** what is exported under this name is the built-in of this tag */
  tags: Map<string, string>
  /** declarations at the top, by name */
  declared: Map<string, AnyNode>
  /** what comes from another file of the folder: local name → file and its name there */
  imported: Map<string, { file: string; name: string }>
}

/** @returns tag → names, sorted. @throws Error for a `send` whose name cannot be read */
export async function eventsOfBuiltins(): Promise<Map<string, string[]>> {
  const modules = new Map<string, Module>()
  for (const file of readdirSync(FOLDER)) if (file.endsWith('.ts')) modules.set(file, await readModule(file))
  const events = new Map<string, string[]>()
  for (const module of modules.values())
    for (const [name, tag] of module.tags) {
      const names = new Set<string>()
      collect(module.declared.get(name)!, module, modules, names, new Set())
      events.set(tag, [...names].toSorted())
    }
  return events
}

async function readModule(file: string): Promise<Module> {
  const { code } = transformSync(readFileSync(join(FOLDER, file), 'utf8'), { loader: 'ts', target: 'es2022' })
  const program = parse(code, { ecmaVersion: 2022, sourceType: 'module' })
  const exported = (await import(pathToFileURL(join(FOLDER, file)).href)) as Record<string, { tag?: unknown } | undefined>
  const tags = Object.entries(exported).flatMap(([name, value]) => (typeof value?.tag === 'string' ? [[name, value.tag] as const] : []))
  const module: Module = { file, program, tags: new Map(tags), declared: new Map(), imported: new Map() }
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') {
      const from = /^\.\/([\w-]+\.ts)$/.exec(String(statement.source.value))?.[1]
      for (const specifier of statement.specifiers)
        if (from && specifier.type === 'ImportSpecifier')
          module.imported.set(specifier.local.name, { file: from, name: (specifier.imported as Identifier).name })
    }
    const inner = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (inner?.type === 'FunctionDeclaration') module.declared.set(inner.id.name, inner)
    if (inner?.type === 'VariableDeclaration')
      for (const { id, init } of inner.declarations) if (id.type === 'Identifier' && init) module.declared.set(id.name, init)
  }
  return module
}

/** Every node below, itself included. */
function* below(node: AnyNode): Generator<AnyNode> {
  yield node
  for (const value of Object.values(node) as unknown[])
    for (const child of Array.isArray(value) ? value : [value])
      if (child && typeof child === 'object' && typeof (child as AnyNode).type === 'string') yield* below(child as AnyNode)
}

const literals = (node: AnyNode): string[] =>
  [...below(node)].flatMap(part => (part.type === 'Literal' && typeof part.value === 'string' ? [part.value] : []))

function collect(node: AnyNode, module: Module, modules: Map<string, Module>, names: Set<string>, seen: Set<AnyNode>): void {
  if (seen.has(node)) return
  seen.add(node)
  for (const part of below(node)) {
    if (part.type === 'CallExpression' && isSend(part.callee)) for (const name of sent(part.arguments[0]!, node, module)) names.add(name)
    if (part.type !== 'Identifier') continue
    const from = module.imported.get(part.name)
    const home = from ? modules.get(from.file) : module
    const name = from?.name ?? part.name
    const declared = home?.declared.get(name)
    // another built-in that is only named (its properties, its defaults) sends for itself
    if (home && declared && !home.tags.has(name)) collect(declared, home, modules, names, seen)
  }
}

const isSend = (callee: AnyNode): boolean =>
  callee.type === 'Identifier'
    ? callee.name === 'send'
    : callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && callee.property.name === 'send'

/** Names that a `send` may have: written there, in the list that is taken apart, in what a function of that name is called with, or as `event:`. */
function sent(name: AnyNode, within: AnyNode, module: Module): string[] {
  if (name.type === 'Literal' || name.type === 'ConditionalExpression') return literals(name)
  if (name.type === 'MemberExpression' && name.property.type === 'Identifier' && name.property.name === 'event')
    return [...below(module.program)].flatMap(part =>
      part.type === 'Property' && part.key.type === 'Identifier' && part.key.name === 'event' ? literals(part.value) : [],
    )
  const found = name.type === 'Identifier' ? [...namesBehind(name.name, within)] : []
  if (found.length === 0) throw new Error(`${module.file}: an event is sent whose name cannot be read`)
  return found
}

function* namesBehind(name: string, within: AnyNode): Generator<string> {
  for (const part of below(within)) {
    if (part.type !== 'VariableDeclarator' || !part.init) continue
    if (part.id.type === 'ArrayPattern' && part.id.elements.some(one => one?.type === 'Identifier' && one.name === name))
      for (const array of below(part.init)) if (array.type === 'ArrayExpression') yield* literals(array)
    if (part.id.type !== 'Identifier' || (part.init.type !== 'ArrowFunctionExpression' && part.init.type !== 'FunctionExpression')) continue
    const at = part.init.params.findIndex(param => param.type === 'Identifier' && param.name === name)
    const called = part.id.name
    if (at >= 0)
      for (const call of below(within))
        if (call.type === 'CallExpression' && call.callee.type === 'Identifier' && call.callee.name === called && call.arguments[at])
          yield* literals(call.arguments[at])
  }
}
