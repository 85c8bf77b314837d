// The rejects file: every row that did not land, with its line, the field at fault and the reason. Opened only when there is a first one.
import { open, rm, stat, truncate, type FileHandle } from 'node:fs/promises'
import { byteOrderMark, csvLines, inOneLine } from '../csv.ts'
import { beside } from './beside.ts'
import { ImportError } from './columns.ts'
import { troubleOfFile } from './file-trouble.ts'
import type { Rejection } from './row.ts'

/** merchants.csv → merchants.rejects.csv in the same folder */
export const rejectsPath = (path: string): string => beside(path, '.rejects.csv')

export class RejectsFile {
  readonly path: string
  #file: FileHandle | undefined
  #bytes = 0

  constructor(path: string) {
    this.path = path
  }

  /** Length so far. What a killed run wrote beyond the length that it noted is cut off when the next one goes on. */
  get bytes(): number {
    return this.#bytes
  }

  /**
   * Removes what an earlier run of the same file left, so that the file only ever speaks of the last run.
   * @param kept bytes that an interrupted run noted, which this one goes on with
   */
  async begin(kept = 0): Promise<void> {
    const there = (await stat(this.path).catch(() => undefined))?.size ?? 0
    try {
      if (kept > 0 && there >= kept) await truncate(this.path, kept)
      else await rm(this.path, { force: true })
      this.#bytes = there >= kept ? kept : 0
    } catch (error) {
      throw new ImportError(`上一次的退回文件 ${this.path} 不能改写：${troubleOfFile(error)}。没有导入任何东西，改好后再运行一次`)
    }
  }

  async write(rejections: readonly Rejection[]): Promise<void> {
    if (rejections.length === 0) return
    const rows = rejections.map(({ line, to, sub_mchid, field, value, reason }) =>
      [linesOf({ line, to }), sub_mchid, field, value, reason].map(inOneLine),
    )
    const head = this.#bytes === 0 ? byteOrderMark + csvLines([['line', 'sub_mchid', 'field', 'value', 'reason']]) : ''
    try {
      this.#file ??= await open(this.path, 'a')
      const { bytesWritten } = await this.#file.write(head + csvLines(rows))
      this.#bytes += bytesWritten
    } catch (error) {
      throw new ImportError(`退回文件 ${this.path} 不能写入：${troubleOfFile(error)}。停在这里，这一批没有写入；改好后再运行一次会接着导入`)
    }
  }

  async close(): Promise<void> {
    await this.#file?.close()
  }
}

/** 3, or 3–5 where a row has several lines: with this dash no spreadsheet takes it for a date. */
export const linesOf = ({ line, to }: Pick<Rejection, 'line' | 'to'>): string =>
  to === undefined || to === line ? String(line) : `${line}–${to}`
