// The command line of `npm run import`.
import { parseArgs } from 'node:util'
import { ImportError } from './columns.ts'
import { encodings, type Encoding } from './file.ts'

export interface Arguments {
  /** null: help was asked for */
  path: string | null
  encoding?: Encoding
  dryRun: boolean
  overwriteRights: boolean
}

const options = {
  help: { type: 'boolean', short: 'h' },
  'dry-run': { type: 'boolean' },
  encoding: { type: 'string' },
  rights: { type: 'boolean' },
} as const

/** @throws ImportError */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parsed(args)
  const dryRun = values['dry-run'] ?? false
  const overwriteRights = values.rights ?? false
  if (values.help) return { path: null, dryRun, overwriteRights }
  if (positionals.length !== 1) {
    throw new ImportError('用法：npm run import -- merchants.csv（也可以是 codes.csv、staff.csv、assignments.csv；--help 看说明）')
  }
  const encoding = values.encoding
    ?.toLowerCase()
    .replace(/^utf8$/, 'utf-8')
    .replace(/^(gbk|gb2312)$/, 'gb18030')
  if (encoding === undefined) return { path: positionals[0]!, dryRun, overwriteRights }
  if (!isEncoding(encoding)) throw new ImportError(`--encoding 只能是 ${encodings.join(' 或 ')}`)
  return { path: positionals[0]!, encoding, dryRun, overwriteRights }
}

const isEncoding = (name: string): name is Encoding => (encodings as readonly string[]).includes(name)

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new ImportError(`不认识的参数（${(error as Error).message.split('.')[0]}）；--help 看说明`)
  }
}
