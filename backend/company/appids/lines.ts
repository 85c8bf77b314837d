// A list of appids as people paste it: from a table, a chat, a file. Each part of a line is known by its shape, so their order does not matter.
import { characterCount, firstCharacters } from '../../../miniprogram/shared/characters.ts'
import { comparable } from '../../../miniprogram/shared/comparable.ts'
import { isMchid } from '../../../miniprogram/shared/mchid.ts'
import { plainNumber } from '../../../miniprogram/packages/manage/shared/plain-number.ts'
import { longestAppidName, type AppidKind, type AppidRefusal } from './schema.ts'

export interface AppidLine {
  line: number
  appid: string
  /** null: not said */
  kind: Exclude<AppidKind, 'unregistered'> | null
  name: string | null
  sub_mchid: string | null
}
export interface RefusedLine {
  line: number
  /** the beginning of it */
  text: string
  reason: AppidRefusal
}

const mostLines = 2_000
const shown = 80

const kinds = new Map<string, AppidLine['kind']>([
  ['公众号', 'official_account'],
  ['服务号', 'official_account'],
  ['订阅号', 'official_account'],
  ['official_account', 'official_account'],
  ['小程序', 'mini_program'],
  ['mini_program', 'mini_program'],
  ['app', 'app'],
])

const appidShape = /^wx[0-9a-z]{6,30}$/i

export function readLines(text: string): { lines: AppidLine[]; refused: RefusedLine[] } {
  const lines: AppidLine[] = []
  const refused: RefusedLine[] = []
  const seen = new Set<string>()
  let written = 0
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const trimmed = raw.trim()
    if (trimmed === '' || (written === 0 && isHeader(trimmed))) continue
    const line = index + 1
    const refuse = (reason: AppidRefusal) => void refused.push({ line, text: firstCharacters(trimmed, shown), reason })
    written += 1
    if (written > mostLines) {
      refuse('TOO_MANY_LINES')
      break
    }
    const found = readLine(trimmed)
    if (!found) refuse('NO_APPID')
    else if (seen.has(found.appid)) refuse('TWICE')
    else if (found.name !== null && characterCount(found.name) > longestAppidName) refuse('NAME_TOO_LONG')
    else {
      seen.add(found.appid)
      lines.push({ line, ...found })
    }
  }
  return { lines, refused }
}

/** A heading names the columns and holds no appid. */
const isHeader = (text: string) => /appid/i.test(comparable(text)) && !partsOf(text).some(({ plain }) => appidShape.test(plain))

interface Part {
  /** as it stands, for a name */
  written: string
  /** for what is compared: spreadsheets and chats leave characters around it that nobody sees */
  plain: string
}

const partsOf = (text: string): Part[] => {
  const parts = /[\t,，;；|]/.test(text) ? text.split(/[\t,，;；|]/) : text.split(/\s+/)
  return parts.map(partOf).filter(({ plain }) => plain !== '')
}

function partOf(text: string): Part {
  const written = text.trim().replace(/^["'“”]+|["'“”]+$/g, '')
  return { written, plain: comparable(comparable(text).replace(/^["“”]+|["“”]+$/g, '')) }
}

function readLine(text: string): Omit<AppidLine, 'line'> | null {
  const parts = partsOf(text)
  const appid = parts.find(({ plain }) => appidShape.test(plain))
  if (appid === undefined) return null
  const kind = parts.find(({ plain }) => kinds.has(plain.toLowerCase()))
  const owner = parts.find(({ plain }) => isMchid(plainNumber(plain).value))
  const rest = parts.filter(part => part !== appid && part !== kind && part !== owner)
  return {
    // WeChat writes it so, and a keyboard may begin with a capital
    appid: `wx${appid.plain.slice(2)}`,
    kind: kind === undefined ? null : (kinds.get(kind.plain.toLowerCase()) ?? null),
    name: rest.length > 0 ? rest.map(({ written }) => written).join(' ') : null,
    sub_mchid: owner === undefined ? null : plainNumber(owner.plain).value,
  }
}
