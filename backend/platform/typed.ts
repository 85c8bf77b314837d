// What a person types to find something, against what another person typed before: full width, case and what nobody sees make no difference.
import { sql, type RawBuilder } from 'kysely'
import { comparable } from '../../miniprogram/shared/comparable.ts'

export const typed = (text: string): string => comparable(text).normalize('NFKC').toLowerCase()

/** A column in the form that `typed` gives. @param column `name` or `table.name` */
export const asTyped = (column: string): RawBuilder<string> => sql`lower(normalize(${sql.ref(column)}, nfkc))`
