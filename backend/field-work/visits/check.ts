// Whether a visit may be stored: its times, its checklist, its answers, its photos.
import { MOST_PHOTOS } from '../../../miniprogram/shared/photos.ts'
import type { Caller } from '../../http/caller.ts'
import { futureTolerance, goldPlanBegan } from '../../platform/times.ts'
import { type Answers, faultsOf } from '../../../miniprogram/shared/checklist.ts'
import type { ChecklistTemplate } from '../checklists/schema.ts'
import { currentTemplate, templateOfVersion } from '../checklists/service.ts'
import type { Context } from '../../platform/context.ts'
import type { Trx } from '../../database/connection.ts'
import { missingPhotos } from '../../evidence/photos.ts'
import { AppError, invalidField } from '../../http/problems/app-error.ts'
import type { FieldError } from '../../http/schema.ts'
import { type VisitRequest } from './schema.ts'

const oldVersionTaken = 30 * 86_400_000

export interface VisitTimes {
  started_at: Date
  ended_at: Date
}

/**
 * The times of a visit as they are kept. A phone whose battery was empty begins again at 1970: what it says is before there was a gold plan, so it is the
 * moment of the arrival that counts (or what `kept` had then). No work is lost because of a wrong clock.
 * @throws AppError VALIDATION_FAILED: no time, more than 5 minutes ahead, or an end before the start
 */
export function visitTimes(request: Pick<VisitRequest, 'started_at' | 'ended_at'>, now: Date, kept?: VisitTimes): VisitTimes {
  const timeOf = (field: 'started_at' | 'ended_at'): Date => {
    const time = new Date(request[field])
    // a leap second is a time by the format, and none to a Date
    if (Number.isNaN(time.getTime())) throw invalidField(field, 'WRONG_FORMAT', 'is not a time')
    if (time.getTime() > now.getTime() + futureTolerance)
      throw invalidField(field, 'IN_THE_FUTURE', 'is more than 5 minutes ahead of the server: check the clock of the phone')
    return time < goldPlanBegan ? (kept?.[field] ?? now) : time
  }
  const ended_at = timeOf('ended_at')
  const started_at = timeOf('started_at')
  if (started_at <= ended_at) return { started_at, ended_at }
  if (Date.parse(request.started_at) >= goldPlanBegan.getTime()) throw invalidField('ended_at', 'TOO_SMALL', 'is before started_at')
  return { started_at: ended_at, ended_at }
}

/** What the phone said instead, where something else is kept; empty: it is kept as it was said. */
export const timesOfPhone = (request: Pick<VisitRequest, 'started_at' | 'ended_at'>, kept: VisitTimes): Record<string, string> =>
  Object.fromEntries(
    (['started_at', 'ended_at'] as const).flatMap(field =>
      Date.parse(request[field]) === kept[field].getTime() ? [] : [[`phone_${field}`, request[field]]],
    ),
  )

/**
 * The checklist that the visit was made by. An older one is taken for 30 days after the next was published.
 * @throws AppError TEMPLATE_OUTDATED, VALIDATION_FAILED
 */
export async function templateOfVisit(context: Context, trx: Trx, version: number, now: Date): Promise<ChecklistTemplate> {
  const current = await currentTemplate(context, trx)
  if (version === current.version) return current
  if (version > current.version) throw invalidField('template_version', 'NOT_ALLOWED', `the newest version is ${current.version}`)
  const next = await templateOfVersion(context, version + 1, trx)
  if (now.getTime() - Date.parse(next.published_at) > oldVersionTaken)
    throw new AppError('TEMPLATE_OUTDATED', { current_version: current.version })
  return templateOfVersion(context, version, trx)
}

const messages: Readonly<Record<string, string>> = {
  REQUIRED: 'has to be answered',
  NOT_ASKED: 'is not asked with these answers',
  MUST_BE_TRUE: 'has to be yes',
  PHONE_NUMBER: 'holds a phone number',
  PAYMENT_CODE: "is a customer's payment code",
}

/** @throws AppError VALIDATION_FAILED with errors[].field = answers.<item> */
export function assertAnswers(template: ChecklistTemplate, answers: Answers): void {
  const errors = faultsOf(template, answers).map(({ item_id, code }): FieldError => ({
    field: `answers.${item_id}`,
    code,
    message: messages[code] ?? 'is not valid',
  }))
  if (errors.length > 0) throw new AppError('VALIDATION_FAILED', { errors })
}

/**
 * All photos of a visit, each once, held until the end of the transaction.
 * @throws AppError VALIDATION_FAILED: PHOTO_MISSING for one that the caller did not send, or that was removed since; TOO_MANY
 */
export async function photosOfVisit(trx: Trx, template: ChecklistTemplate, request: VisitRequest, caller: Caller): Promise<string[]> {
  const places = template.items.flatMap(({ id, type }) => {
    const answer = type === 'photo' ? request.answers[id] : undefined
    return Array.isArray(answer) ? answer.map(photo_id => ({ photo_id, field: `answers.${id}` })) : []
  })
  for (const photo_id of request.other_photo_ids ?? []) places.push({ photo_id, field: 'other_photo_ids' })
  const ids = [...new Set(places.map(({ photo_id }) => photo_id))]
  if (ids.length > MOST_PHOTOS) throw invalidField('other_photo_ids', 'TOO_MANY', `a visit has at most ${MOST_PHOTOS} photos`)
  const missing = new Set(await missingPhotos(trx, caller, ids))
  const fields = new Set(places.filter(({ photo_id }) => missing.has(photo_id)).map(({ field }) => field))
  if (fields.size > 0) {
    const message = 'names a photo that is not here: send it first'
    throw new AppError('VALIDATION_FAILED', { errors: [...fields].map(field => ({ field, code: 'PHOTO_MISSING', message })) })
  }
  return ids
}
