// The version of a thing that somebody saw, as If-Match says it.
import { AppError } from './problems/app-error.ts'

/**
 * `"7"`, or `W/"7"` as some proxies make of it; `"0"` for what was not there yet.
 * @throws AppError PRECONDITION_REQUIRED
 */
export function versionIn(ifMatch: string | undefined): number {
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch?.trim() ?? '')?.[1]
  if (version === undefined) throw new AppError('PRECONDITION_REQUIRED')
  return Number(version)
}
