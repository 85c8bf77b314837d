// @vant/weapp as it ships: scripts/trim-vant.ts cuts out what none of our components asks for. Whoever begins to ask takes it out of there.
import { describe, expect, test } from '@jest/globals'
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'

const app = fileURLToPath(new URL('../../miniprogram/', import.meta.url))
const vant = `${app}miniprogram_npm/@vant/weapp/`

interface Options {
  properties?: Record<string, unknown>
  externalClasses?: string[]
  data?: object
  behaviors?: (Options | string)[]
}

/** A component of Vant as WeChat registers it. */
function registered(name: string): Options {
  let found: Options = {}
  const globals = { Component: (options: Options) => (found = options), Behavior: (options: Options) => options }
  const load = (file: string): unknown => {
    const module = { exports: {} }
    const near = createRequire(file)
    const run = runInNewContext(`(function (exports, module, require) {${readFileSync(file, 'utf8')}\n})`, globals) as (
      exports: unknown,
      module: unknown,
      require: (path: string) => unknown,
    ) => void
    run.call(module.exports, module.exports, module, path => load(near.resolve(path)))
    return module.exports
  }
  load(`${vant}${name}/index.js`)
  return found
}
const withBehaviors = (options: Options): Options[] => [
  options,
  ...(options.behaviors ?? []).flatMap(one => (typeof one === 'string' ? [] : withBehaviors(one))),
]

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
/** of a component's start tag, without what WeChat takes itself */
const attributesOf = (tag: string) =>
  [...tag.matchAll(/\s([\w:-]+)(?:="[^"]*")?/g)].map(([, name]) => name!).filter(name => !/^(bind|catch|wx:|aria-|class$|slot$)/.test(name))
const tagsOf = (wxml: string) => [...wxml.matchAll(/<van-([\w-]+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)]

const templates = (folder: string) =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter(name => name.endsWith('index.wxml'))
    .map(name => ({ name: name.replace('/index.wxml', ''), wxml: readFileSync(folder + name, 'utf8') }))
const packed = templates(vant)
const uses = [...templates(`${app}components/`), ...packed].flatMap(({ name: by, wxml }) =>
  tagsOf(wxml).map(([, name, attributes]) => ({ by, name: name!, attributes: attributesOf(attributes!) })),
)

describe('Vant as it is packed', () => {
  test('there is something to look at', () => {
    expect(uses.map(({ name }) => name)).toEqual(expect.arrayContaining(['button', 'field', 'search', 'switch', 'icon', 'cell', 'loading']))
  })

  test.each(uses)('$by gives van-$name nothing that was cut out', ({ name, attributes }) => {
    const options = withBehaviors(registered(name))
    const taken = options.flatMap(({ properties, externalClasses }) => [...Object.keys(properties ?? {}), ...(externalClasses ?? [])])
    const given = attributes.filter(attribute => !taken.includes(attribute) && !taken.includes(camel(attribute)))
    expect(given).toEqual([])
  })

  test.each(packed)('$name draws nothing that it no longer has', ({ name, wxml }) => {
    const known = withBehaviors(registered(name)).flatMap(({ properties, data }) => Object.keys({ ...properties, ...data }))
    const text = name === 'field' ? wxml + readFileSync(`${vant}field/input.wxml`, 'utf8') : wxml
    const drawn = [...text.matchAll(/{{(.*?)}}/g)].flatMap(([, value]) =>
      // names, not what stands in quotes, after a dot, before a colon (of an object) or a bracket
      [...value!.replace(/'[^']*'/g, '').matchAll(/(?<![\w.])[a-z]\w*(?!\w|\s*:|\()/gi)].map(([word]) => word),
    )
    expect(drawn.filter(word => !['utils', 'true', 'false', ...known].includes(word))).toEqual([])
  })
})
