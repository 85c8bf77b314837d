// A question to WeChat Pay while somebody waits, and what its failures mean to a person. A question changes nothing, so a lost answer is asked for once more at once.
import type { Origin } from '../platform/audit/record.ts'
import type { Context } from '../platform/context.ts'
import { AppError } from '../http/problems/app-error.ts'
import { noteProvider } from '../company/provider-trouble/note.ts'
import { WechatPayError } from '../wechatpay/index.ts'

const attempts = 2

/**
 * Within the time that a caller waits.
 * @param about what the log says was asked for
 * @throws AppError WX_* and what else WeChat Pay refuses with
 */
export async function askWechatPay<T>(
  context: Context,
  { sp_mchid, about, request_id }: { sp_mchid: string; about: string } & Pick<Origin, 'request_id'>,
  question: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const sent_at = context.clock.now()
  const signal = AbortSignal.timeout(context.slowCallMs)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await question(signal)
    } catch (error) {
      if (!(error instanceof WechatPayError)) throw error
      if (attempt < attempts && isPassing(error) && !signal.aborted) continue
      const { phase, reason, code, wx_code, wx_message, wx_request_id } = error
      context.log.warn({ request_id, phase, reason, code, wx_code, wx_request_id }, `WeChat Pay did not answer for ${about}`)
      // whoever is not known to WeChat Pay cannot change anything either; a relation that is missing concerns this question alone
      if ((code === 'WX_CONFIG' && error.http_status === 401) || phase === 'not_authentic') {
        await noteProvider(context, { sp_mchid, phase, code, reason, sent_at, wx_code, wx_message, wx_request_id }, request_id)
      }
      throw problemOf(error)
    }
  }
}

const isPassing = ({ phase, code }: WechatPayError): boolean => phase === 'not_sent' || phase === 'unknown' || code === 'WX_UNAVAILABLE'

function problemOf({ phase, code, wx_message, retry_after }: WechatPayError): AppError {
  if (phase === 'not_authentic') return new AppError('WX_UNCLASSIFIED')
  if (phase !== 'refused') return new AppError('WX_UNAVAILABLE', { retry_after: 5 })
  return new AppError(code ?? 'WX_UNCLASSIFIED', {
    ...(retry_after !== undefined && { retry_after }),
    ...(code === 'WX_UNCLASSIFIED' && wx_message !== null && { wx_message }),
  })
}
