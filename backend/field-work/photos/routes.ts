import { assertMayDo } from '../../http/write.ts'
import type { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { askOf, idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { Uuid } from '../../http/schema.ts'
import { assertLink, linkTo } from './links.ts'
import { assertMaySee } from './read.ts'
import { PhotoFileQuery, PhotoForm, PhotoLink, PhotoUploaded } from './schema.ts'
import { formLimits, keepPhoto, readPhotoForm } from './upload.ts'

const jpeg = {
  description: 'the photo',
  content: { 'image/jpeg': { schema: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }) } },
}
const ofPhoto = Type.Object({ photo_id: Uuid })

/** Aborted when nobody waits for the answer any longer; a request itself is closed as soon as its body was read. */
function whenGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.once('close', () => gone.abort())
  return gone.signal
}

export const photoRoutes: Routes = (app, context) => {
  const common = { tags: ['photos'] }
  // only here: everywhere else a body is JSON
  void app.register(multipart, { limits: formLimits })

  app.post(
    '/v1/photos',
    {
      config: { requires: 'photo.write' },
      // the form is read by the handler; its schema describes it for the contract
      attachValidation: true,
      schema: {
        ...common,
        consumes: ['multipart/form-data'],
        headers: idempotencyHeader,
        body: PhotoForm,
        response: { 200: PhotoUploaded, 201: PhotoUploaded },
      },
    },
    async (request, reply) => {
      const ask = askOf(request, reply)
      assertMayDo(context, ask.caller, 'photo.write')
      const gone = whenGone(reply)
      const { photo, created } = await context.photos.arriving.take(ask.caller.staff_id, async () =>
        keepPhoto(context, ask, await readPhotoForm(request), gone),
      )
      return reply.code(created ? 201 : 200).send(photo)
    },
  )

  app.get('/v1/photos/:photo_id/url', { schema: { ...common, params: ofPhoto, response: { 200: PhotoLink } } }, async request => {
    const id = request.params.photo_id.toLowerCase()
    await assertMaySee(context, request.caller, id)
    return linkTo(context, id)
  })

  app.get(
    '/v1/photos/:photo_id/file',
    { config: { open: true }, schema: { tags: ['photos'], params: ofPhoto, querystring: PhotoFileQuery, response: { 200: jpeg } } },
    async (request, reply) => {
      const id = request.params.photo_id.toLowerCase()
      await assertLink(context, id, request.query)
      const photo = await context.photos.store.read(id)
      if (!photo) throw new AppError('NOT_FOUND')
      void reply.header('cache-control', 'no-store').header('content-length', photo.bytes).header('content-disposition', 'inline')
      return reply.type('image/jpeg').send(photo.stream)
    },
  )
}
