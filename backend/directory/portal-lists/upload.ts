// A list arrives as a file of a form, as wx.uploadFile sends it, or as text in JSON.
import type { FastifyRequest } from 'fastify'
import { firstCharacters } from '../../../miniprogram/shared/characters.ts'
import { holdsPaymentCode } from '../../../miniprogram/shared/payment-code.ts'
import { AppError, invalidField } from '../../http/problems/app-error.ts'
import { partsOf } from '../../http/form.ts'
import { malformedBody } from '../../http/problems/request-fault.ts'
import { isInstant } from '../../http/problems/validator.ts'
import type { GivenList } from './create.ts'
import type { PortalCheckListText } from './schema.ts'

const mostBytes = 10 * 1024 * 1024
export const formLimits = { fileSize: mostBytes, files: 1, fields: 4, fieldSize: 200, fieldNameSize: 100, parts: 6, headerPairs: 50 }
/** JSON may write a character of three bytes as six. */
export const textBodyLimit = 2 * mostBytes + 4_096
/** Each takes some tens of MB until it is read. */
export const listTurns = { perPerson: 2, inAll: 4, retryAfter: 5 }

/** @throws AppError UNSUPPORTED_MEDIA_TYPE, MALFORMED_BODY, BODY_TOO_LARGE, VALIDATION_FAILED */
export async function givenList(request: FastifyRequest): Promise<GivenList> {
  if (request.isMultipart()) return fromForm(request)
  if (request.validationError) throw request.validationError
  return fromText(request.body)
}

function fromText(body: unknown): GivenList {
  const { text, checked_at } = body as PortalCheckListText
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length > mostBytes) throw new AppError('BODY_TOO_LARGE')
  return { bytes, name: null, checked_at: checked_at === undefined ? null : new Date(checked_at) }
}

async function fromForm(request: FastifyRequest): Promise<GivenList> {
  let file: Pick<GivenList, 'bytes' | 'name'> | undefined
  let checked_at: Date | null = null
  let said: string | null = null
  try {
    for await (const part of partsOf(request)) {
      if (part.type === 'file') {
        const bytes = await part.toBuffer()
        if (part.fieldname === 'file') file = { bytes, name: nameOf(part.filename) }
      } else if (part.fieldname === 'checked_at') checked_at = timeOf(part.value)
      else if (part.fieldname === 'name' && typeof part.value === 'string') said = nameOf(part.value)
    }
  } catch (error) {
    throw asProblem(error, request)
  }
  if (!file) throw invalidField('file', 'REQUIRED', 'the form has no file')
  return { ...file, name: said ?? file.name, checked_at }
}

function timeOf(value: unknown): Date {
  if (typeof value !== 'string' || !isInstant(value)) throw invalidField('checked_at', 'WRONG_FORMAT', 'is not a time')
  return new Date(value)
}

/** Without folders, and without what must not be kept. */
function nameOf(given: string): string | null {
  const name = firstCharacters((given.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}]/gu, '').trim(), 80)
  return name === '' || holdsPaymentCode(name) ? null : name
}

function asProblem(error: unknown, request: FastifyRequest): unknown {
  if (error instanceof AppError) return error
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string' || !code.startsWith('FST_')) return malformedBody('form', request)
  const isTooMuch = code.endsWith('_LIMIT') || code === 'FST_REQ_FILE_TOO_LARGE'
  return isTooMuch ? new AppError('BODY_TOO_LARGE') : malformedBody('form', request)
}
