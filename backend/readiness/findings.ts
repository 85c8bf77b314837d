// What a check found, before it is kept or answered.
import type { OutsideCheckId, ReadinessCheck } from './schema.ts'

/** null: nothing is known, in either direction */
export type Finding = Pick<ReadinessCheck, 'result' | 'code' | 'values'> | null

export type OutsideFinding = NonNullable<Finding> & { check: OutsideCheckId }
