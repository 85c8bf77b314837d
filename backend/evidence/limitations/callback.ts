// WeChat Pay's notifications (facts.md §10): verified, decrypted, answered at once and handled once. What one says proves nothing; it makes us ask.
import type { FastifyError } from 'fastify'
import { Type } from 'typebox'
import type { Routes } from '../../http/authenticated.ts'
import type { Context } from '../../platform/context.ts'
import type { Notifications } from '../../wechatpay/index.ts'
import { asAppError } from '../../http/problems/handler.ts'
import { refuse, refuseAsProblem } from './callback-answer.ts'
import { askSoon } from './queue.ts'

/** ten times what WeChat Pay sends */
const bodyLimit = 64 * 1024

export const notificationRoutes: Routes = (app, context) => {
  // signed as it came: nothing is read of it before
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body))
  // nor of its type, which no signature covers
  app.addHook('onRequest', async ({ raw }) => void (raw.headers['content-type'] = 'application/octet-stream'))
  app.setErrorHandler<FastifyError>((error, request, reply) => refuseAsProblem(request, reply, asAppError(error, request)))

  app.post(
    '/wechatpay/notifications/:sp_mchid',
    {
      bodyLimit,
      // no row is written before its signature is verified; WeChat Pay calls from few addresses
      config: { open: true, rateLimit: false as const },
      schema: { hide: true, params: Type.Object({ sp_mchid: Type.String() }) } as object,
    },
    async (request, reply) => {
      const { sp_mchid } = request.params as { sp_mchid: string }
      const client = clientOf(context, sp_mchid)
      if (!client) return refuse(request, reply, 'NOT_FOUND')
      const told = client.read(request.headers, Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0))
      if ('fault' in told) {
        // WeChat Pay alone reads the answer: whoever runs the backend learns of a wrong key or clock here
        if (told.fault !== 'PROBE') request.log.warn({ sp_mchid, fault: told.fault }, 'a notification was not taken')
        return refuse(request, reply, told.fault)
      }
      await handle(context, sp_mchid, told)
      return reply.code(204).send()
    },
  )
}

const clientOf = ({ providers }: Context, sp_mchid: string): Notifications | undefined =>
  providers.numbers.includes(sp_mchid) ? providers.of(sp_mchid).wechatPay.notifications : undefined

async function handle(
  { db, clock }: Context,
  sp_mchid: string,
  { id, event_type, sub_mchid }: { id: string; event_type: string; sub_mchid: string | null },
): Promise<void> {
  await db.transaction().execute(async trx => {
    const received_at = clock.now()
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('wechatpay_notifications')
      .values({ sp_mchid, id, event_type, sub_mchid, received_at })
      .onConflict(conflict => conflict.columns(['sp_mchid', 'id']).doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n && sub_mchid !== null) await askSoon(trx, { sp_mchid, sub_mchid }, 'callback', received_at)
  })
}
