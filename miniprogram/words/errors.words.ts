// The words of errors join the others with whatever says one: most launches meet none.
import { errorsZhCN } from '../shared/errors'
import { addErrors } from './speak'

addErrors(errorsZhCN)

/** @public read by scripts/checks/dictionaries.ts */
export const zhCN = errorsZhCN
