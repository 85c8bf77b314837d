// Which base library the app needs: for each wx method and each option that is given to one, what miniprogram-api-typings' comments say; for the rest the
// table. What stands behind wx.canIUse is asked for first and raises nothing.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { compareVersions } from './engines.ts'
import { NEEDS } from './table.ts'

export interface Need {
  /** `wx.chooseMedia`, `darkmode in app.json` */
  what: string
  /** base library */
  from: string
  /** where it is first used */
  file: string
}

interface Source {
  /** relative to the project's root */
  file: string
  text: string
}

const typings = join(dirname(createRequire(import.meta.url).resolve('miniprogram-api-typings/package.json')), 'types/wx/lib.wx.api.d.ts')

/** `chooseMedia` → 2.10.0, `ChooseMediaOption.sizeType` → …; what is not in it has been there since 1.0. */
function readVersions(): Map<string, string> {
  const text = readFileSync(typings, 'utf8')
  const versions = new Map<string, string>()
  for (const [, name, comment] of text.matchAll(/\/\*\* \[[^\]]*?\bwx\.(\w+)\([^\]]*\]\(https[^]*?\*\s*\n([^]*?)\*\//g)) {
    const from = /^[\s*]*需要基础库：\s*`([\d.]+)`/.exec(comment!)?.[1]
    if (from && !versions.has(name!)) versions.set(name!, from)
  }
  for (const [, owner, body] of text.matchAll(/\n {4}interface (\w+)[^{\n]*\{\n([^]*?)\n {4}\}/g))
    for (const [, from, name] of body!.matchAll(/\/\*\* 需要基础库：\s*`([\d.]+)`[^]*?\*\/\s*(\w+)\??[:(]/g))
      versions.set(`${owner}.${name}`, from!)
  return versions
}

let read: Map<string, string> | undefined
const versionOf = (name: string): string | undefined => (read ??= readVersions()).get(name)

const withoutComments = (text: string) => text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/(^|[^:])\/\/.*$/gm, '$1')
/** `wx.canIUse('getPrivacySetting')`, `if (wx.getUpdateManager)`, `wx.onNetworkWeakChange?.(…)` */
const isGuarded = (text: string, method: string) =>
  new RegExp(
    `canIUse\\(\\s*['"\`](?:wx\\.)?${method}\\b|wx\\.${method}(?:\\?\\.|\\s*(?:&&|\\?[^.?]|!==?|===?))|(?:[!(&|]|typeof)\\s*wx\\.${method}\\s*[)&|!=]`,
  ).test(text)
/** Names of the object that is given: those on its first level, as far as they stand there. */
const optionsOf = (given: string) => [...given.matchAll(/(?:^|[{,]\s*)(\w+)\s*(?=[:,(}])/g)].map(([, name]) => name!)

/** @returns the newest first, each once */
export function baseLibraryNeeds(sources: readonly Source[]): Need[] {
  const needs = new Map<string, Need>()
  const add = (what: string, from: string | undefined, file: string) => {
    if (from && !needs.has(what)) needs.set(what, { what, from, file })
  }
  for (const { file, text } of sources) {
    for (const { what, in: files, uses, from } of NEEDS) if (files.test(file) && uses.test(text)) add(what, from, file)
    if (!/\.(ts|js)$/.test(file)) continue
    const code = withoutComments(text)
    for (const [, method, given = ''] of code.matchAll(/\bwx\.(\w+)(?:\(\{([^{}]*))?/g)) {
      if (isGuarded(code, method!)) continue
      add(`wx.${method}`, versionOf(method!), file)
      const owner = `${method![0]!.toUpperCase()}${method!.slice(1)}Option`
      for (const option of optionsOf(`{${given}`)) add(`wx.${method} ${option}`, versionOf(`${owner}.${option}`), file)
    }
  }
  return [...needs.values()].sort((one, other) => compareVersions(other.from, one.from))
}
