// A list is read in tiers, one after the other, each through its own index and in its own order.
import { sql, type RawBuilder } from 'kysely'

export type Condition = RawBuilder<boolean>

export const anyOf = (conditions: Condition[]): Condition => sql<boolean>`(${sql.join(conditions, sql` or `)})`

export interface Tier {
  /** what is read in place of sub_merchants, under its name and with its columns */
  from?: RawBuilder<unknown>
  /** as an index finds candidates for it, where one has to be told how (terms); null: by `decides` */
  found: Condition | null
  /** whether a row belongs here, as the row alone decides it */
  decides: Condition
  /** of `decides`, what a later page still asks: the cursor gives the lower end */
  decidesAfter: Condition
  /** it shares no row with another tier, which so need not leave out those of it */
  isApart?: true
  /** every row of it belongs to a later tier too */
  contained?: true
  /** `decides` can be asked of the index sub_merchants_pkey */
  isWalkable?: true
  /** columns of sub_merchants that order this tier; ties by sub_mchid */
  order: readonly string[]
}

/** Whether a row belongs to this tier, in a form that an index serves; what decides comes first: without the index it is the cheaper one. */
export const matches = ({ found, decides }: Tier): Condition => (found === null ? decides : sql<boolean>`(${decides} and ${found})`)
