// Every failure leaves as a problem: ours, the validator's, the parser's, and those that nobody expected.
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { unavailable } from '../../database/unavailable.ts'
import { AppError } from './app-error.ts'
import { sendProblem } from './body.ts'
import type { ProblemCode } from './catalogue.ts'
import type { FieldError } from '../schema.ts'
import { compressedBody, malformedBody, wrongMediaType } from './request-fault.ts'
import { refuseTextNotToKeep } from './text.ts'
import { answerUnknownPaths } from './unknown-path.ts'

const byFastifyCode: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_UNDER_PRESSURE: 'OVERLOADED',
}

export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = asAppError(error, request)
    return sendProblem(reply, request, problem)
  })
  answerUnknownPaths(app)
  parseJsonStrictly(app)
  refuseTextNotToKeep(app)
}

/** What an error means to whoever sent the request; one of ours is logged. */
export function asAppError(error: FastifyError, request: FastifyRequest): AppError {
  const problem = meaningOf(error, request)
  if (problem.status >= 500) request.log.error({ err: error, code: problem.code, unavailable: unavailable(error) }, 'request failed')
  return problem
}

function meaningOf(error: FastifyError, request: FastifyRequest): AppError {
  if (error instanceof AppError) return error
  if (error.validation) {
    return new AppError('VALIDATION_FAILED', {
      errors: fieldErrors(error.validation as ValidationFinding[], error.validationContext ?? 'body'),
    })
  }
  // who sent it went away; of the database, the same code would say that it is lost
  if (error.code === 'ECONNRESET' && request.raw.destroyed && !request.raw.complete) return malformedBody('length', request)
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return wrongMediaType(request)
  if (error.code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') return malformedBody('length', request)
  const known = byFastifyCode[error.code]
  if (known) return new AppError(known)
  // the same again in a moment: a connection was lost, or somebody held for too long what this request needs
  if (unavailable(error)) return new AppError('OVERLOADED', { retry_after: 2 })
  return new AppError(error.statusCode === 400 ? 'MALFORMED_BODY' : 'INTERNAL_ERROR')
}

interface ValidationFinding {
  keyword: string
  instancePath: string
  message?: string
  params: Record<string, unknown>
}

/** Findings of TypeBox in ajv's shape; one for each field. */
function fieldErrors(findings: readonly ValidationFinding[], where: string): FieldError[] {
  const errors = new Map<string, FieldError>()
  for (const { keyword, instancePath, message, params } of findings) {
    // an unknown field is reported twice: as `false`, and by its name
    if (keyword === 'boolean') continue
    const path = instancePath.split('/').slice(1)
    const names = (params.requiredProperties ?? params.additionalProperties ?? ['']) as string[]
    for (const name of names) {
      const field = [...path, ...(name ? [name] : [])].join('.') || where
      if (!errors.has(field)) errors.set(field, { field, code: codes[keyword] ?? 'INVALID', message: message ?? 'is not valid' })
    }
  }
  return [...errors.values()]
}

const codes: Readonly<Record<string, string>> = {
  required: 'REQUIRED',
  additionalProperties: 'UNKNOWN_FIELD',
  type: 'WRONG_TYPE',
  pattern: 'WRONG_FORMAT',
  format: 'WRONG_FORMAT',
  minLength: 'TOO_SHORT',
  maxLength: 'TOO_LONG',
  minimum: 'TOO_SMALL',
  maximum: 'TOO_LARGE',
  minItems: 'TOO_FEW',
  maxItems: 'TOO_MANY',
  const: 'NOT_ALLOWED',
  enum: 'NOT_ALLOWED',
  anyOf: 'NOT_ALLOWED',
}

/** No body of the contract is deeper than 8. Deeper than this, what walks a body by recursion (JSON.stringify) runs out of stack. */
const deepest = 64

function isDeeperThan(limit: number, root: unknown): boolean {
  let level = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true
    level = level.flatMap(value => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return false
}

/** JSON only, in valid UTF-8, not nested without end; an empty body is no body. Keys that would reach into prototypes are refused. */
function parseJsonStrictly(app: FastifyInstance): void {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer, done) => {
    const compressed = compressedBody(request)
    if (compressed) return done(compressed, undefined)
    if (body.length === 0) return done(null, undefined)
    let text: string
    try {
      text = decoder.decode(body)
    } catch {
      return done(malformedBody('encoding', request), undefined)
    }
    return parse(request, text, (error, value) => {
      if (error) return done(malformedBody('json', request), undefined)
      return done(isDeeperThan(deepest, value) ? malformedBody('depth', request) : null, value)
    })
  })
}
