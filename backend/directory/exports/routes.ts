import type { Readable } from 'node:stream'
import { Type } from 'typebox'
import { askOf, idempotencyHeader, originOf, type Routes } from '../../http/authenticated.ts'
import { Uuid } from '../../http/schema.ts'
import { Export, ExportFileQuery, ExportList, NewExport } from './schema.ts'
import { cancelExport, createExport, listExports, openExportFile, readExport } from './service.ts'

const ofExport = Type.Object({ export_id: Uuid })
const binary = { schema: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }) }
const file = {
  description: 'the file',
  content: { 'text/csv': binary, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': binary },
}

export const exportRoutes: Routes = (app, context) => {
  const common = { tags: ['exports'] }
  const requires = { config: { requires: 'export.write' as const } }

  app.post(
    '/v1/exports',
    { ...requires, schema: { ...common, headers: idempotencyHeader, body: NewExport, response: { 201: Export } } },
    async (request, reply) => reply.code(201).send(await createExport(context, askOf(request, reply), request.body)),
  )

  app.get('/v1/exports', { ...requires, schema: { ...common, response: { 200: ExportList } } }, async request =>
    listExports(context, request.caller),
  )

  app.get('/v1/exports/:export_id', { ...requires, schema: { ...common, params: ofExport, response: { 200: Export } } }, async request =>
    readExport(context, request.caller, request.params.export_id.toLowerCase()),
  )

  app.post(
    '/v1/exports/:export_id/cancellation',
    {
      ...requires,
      schema: {
        ...common,
        params: ofExport,
        headers: idempotencyHeader,
        body: Type.Object({}, { additionalProperties: false }),
        response: { 200: Export },
      },
    },
    async (request, reply) => cancelExport(context, askOf(request, reply), request.params.export_id.toLowerCase()),
  )

  app.get(
    '/v1/exports/:export_id/file',
    { ...requires, schema: { ...common, params: ofExport, querystring: ExportFileQuery, response: { 200: file } } },
    async (request, reply) => {
      const id = request.params.export_id.toLowerCase()
      const { name, type, bytes, stream } = await openExportFile(context, request.caller, id, request.query, originOf(request))
      void reply.header('content-length', bytes).header('content-disposition', `attachment; filename="${name}"`)
      return reply.type(type).send(stream)
    },
  )
}
