// What a kind of file does with its rows, and what it is given for that.
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { ImportKind } from '../../database/directory-tables.ts'
import type { Landing, LandingTarget } from './landing.ts'
import type { Notes } from './notes.ts'
import type { Rejection } from './row.ts'
import type { RowShape } from './swallowed.ts'

export interface FileKind<Row extends object> extends RowShape {
  name: ImportKind
  /** Checks a record. @returns its row, or the reasons against it */
  read(cells: readonly string[], line: number): Row | Rejection[]
  /** Work that can be done while the rows before are being written. */
  prepare?(rows: readonly Row[]): Promise<void>
  /**
   * The first number of each company whose merchants are written: several batches of this kind may be under way, and its `land` awaits the one before at its
   * place. Absent: one batch after the other.
   */
  homes?: readonly string[]
  /** Writes rows in the target's transaction. */
  land(target: LandingTarget, rows: readonly Row[]): Promise<Landing>
  /** Where something was written that only the person who runs this may read, if anything was. */
  secretPath?(): string | null
}

export interface KindOptions {
  database: Database
  clock: Clock
  /** of rows that do not say whose they are; null: there are several providers and none was named */
  sp_mchid: string | null
  path: string
  /** staff.csv may change what people who are known may do */
  overwriteRights: boolean
  /** told of what was read otherwise than it stands in the file */
  notes: Notes
}
