import type { Routes } from '../../http/authenticated.ts'
import { limitedPerPerson } from '../../http/rate-limit.ts'
import { ScanResolution, ScanResolutionRequest } from './schema.ts'
import { resolveCode } from './service.ts'

/** One scan every second and a half for a person who does nothing else; more is somebody trying codes. Counted per person, not per token. */
const perMinute = 40

export const scanResolutionRoutes: Routes = (app, context) => {
  app.post(
    '/v1/scan-resolutions',
    {
      ...limitedPerPerson(app, perMinute),
      schema: {
        tags: ['directory'],
        body: ScanResolutionRequest,
        response: { 200: ScanResolution },
      },
    },
    async request => resolveCode(context, request.caller, request.body.content),
  )
}
