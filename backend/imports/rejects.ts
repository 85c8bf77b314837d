// The rejects file: every row that did not land, with its line, the field at fault and the reason. Opened only when there is a first one.
import { open, rm, type FileHandle } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { ImportError } from './columns.ts'
import type { Rejection } from './row.ts'

/** merchants.csv → merchants.rejects.csv in the same folder */
export const rejectsPath = (path: string): string => join(dirname(path), `${basename(path, extname(path))}.rejects.csv`)

export class RejectsFile {
  readonly path: string
  #file: FileHandle | undefined

  constructor(path: string) {
    this.path = path
  }

  /** Removes what an earlier run of the same file left, so that the file only ever speaks of the last run. */
  async clear(): Promise<void> {
    await rm(this.path, { force: true }).catch((error: NodeJS.ErrnoException) => {
      throw new ImportError(`上一次的退回文件 ${this.path} 不能删除（${error.code}）`)
    })
  }

  async write(rejections: readonly Rejection[]): Promise<void> {
    if (rejections.length === 0) return
    try {
      if (this.#file === undefined) {
        this.#file = await open(this.path, 'w')
        // the byte order mark makes spreadsheet programs read the file as UTF-8
        await this.#file.write('\uFEFFline,sub_mchid,field,value,reason\r\n')
      }
      const lines = rejections.map(({ line, sub_mchid, field, value, reason }) =>
        [String(line), sub_mchid, field, value, reason].map(cell).join(','),
      )
      await this.#file.write(`${lines.join('\r\n')}\r\n`)
    } catch (error) {
      throw new ImportError(`退回文件 ${this.path} 不能写入（${(error as NodeJS.ErrnoException).code}）`)
    }
  }

  async close(): Promise<void> {
    await this.#file?.close()
  }
}

/** Quoted where CSV needs it; a value that a spreadsheet would take for a formula gets an apostrophe in front. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
