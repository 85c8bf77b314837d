// Invite codes of new staff: the only place where they are readable. The database keeps hashes, and neither the screen nor a log shows them.
import { open, type FileHandle } from 'node:fs/promises'
import type { NewInvite } from '../../company/sessions/invites.ts'
import { toInstant } from '../../platform/instants.ts'
import { byteOrderMark, csvLines, inOneLine } from '../csv.ts'
import { beside } from './beside.ts'
import { ImportError } from './columns.ts'
import { troubleOfFile } from './file-trouble.ts'

/** staff.csv → staff.invites-20261123-100000.csv: an earlier file is never written over, its codes exist nowhere else. */
export function invitesPath(path: string, now: Date): string {
  const stamp = toInstant(now).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  return beside(path, `.invites-${stamp}.csv`)
}

export interface Invite extends NewInvite {
  display_name: string
}

export class InvitesFile {
  #path: string
  #written = false

  constructor(path: string) {
    this.#path = path
  }

  get path(): string {
    return this.#path
  }

  get written(): boolean {
    return this.#written
  }

  /** On disk before the transaction ends: a code that nobody could read would be worse than one that does not work. */
  async write(invites: readonly Invite[]): Promise<void> {
    if (invites.length === 0) return
    let file: FileHandle | undefined
    try {
      file = this.#written ? await open(this.#path, 'a') : await this.#create()
      const rows = invites.map(({ staff_id, display_name, code, expires_at }) =>
        [staff_id, display_name, code, toInstant(expires_at)].map(inOneLine),
      )
      const head = this.#written ? '' : byteOrderMark + csvLines([['staff_id', 'display_name', 'invite_code', 'expires_at']])
      await file.write(head + csvLines(rows))
      await file.sync()
      this.#written = true
    } catch (error) {
      throw new ImportError(`邀请码文件 ${this.path} 不能写入：${troubleOfFile(error)}。这一批员工没有写入；改好后再运行一次会接着导入`)
    } finally {
      await file?.close()
    }
  }

  /** Two runs may begin within a second: the later one's file gets a number. */
  async #create(): Promise<FileHandle> {
    const wanted = this.#path
    for (let number = 2; ; number += 1) {
      try {
        return await open(this.#path, 'wx', 0o600)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
        this.#path = wanted.replace(/\.csv$/, `-${number}.csv`)
      }
    }
  }
}
