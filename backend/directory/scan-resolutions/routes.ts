import { authenticated, type Routes } from '../../http/authenticated.ts'
import { Problem } from '../../http/schema.ts'
import { limitedPerPerson } from '../../http/rate-limit.ts'
import { ScanResolution, ScanResolutionRequest } from './schema.ts'
import { resolveCode } from './service.ts'

/** One scan every second and a half for a person who does nothing else; more is somebody trying codes. Counted per person, not per token. */
const perMinute = 40

export const scanResolutionRoutes: Routes = (app, context) => {
  app.post(
    '/v1/scan-resolutions',
    {
      ...authenticated(context),
      ...limitedPerPerson(app, perMinute),
      schema: {
        tags: ['directory'],
        security: [{ bearer: [] }],
        body: ScanResolutionRequest,
        response: { 200: ScanResolution, default: Problem },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return resolveCode(context, request.caller, request.body.content)
    },
  )
}
