// One 验证支付 that somebody is at: as the phone keeps it, and what each answer makes of it.
import type { LocalPhoto, NamedShop, Parcel } from '../../../rules/field-work'
import { keptAs } from '../../../phone/kept-as'
import { localPhotoOf } from '../../../rules/outbox'
import { testPaymentSteps, type TestPaymentAnswers, type TestPaymentStep } from './rules'

/** One payment at one entry. */
export interface Attempt {
  /** of the evidence */
  id: string
  shop: NamedShop
  step: TestPaymentStep
  answers: TestPaymentAnswers
  /** when it was paid, or seen that there is nothing to pay (server time, ms) */
  observed_at: number | null
  photos: LocalPhoto[]
  revision: number
  /** the server refused its time: it is measured anew before the next try */
  ahead?: boolean
}

export const ATTEMPT = keptAs<Attempt>(1, { id: '', shop: { sub_mchid: '' }, answers: {}, photos: [{ path: '' }] })

type Change = Partial<Attempt>

/** One tap: the answer, and on to the next question. 小票 and 退款 stay where they are. @param now server time, ms */
export function answered(
  { answers: before, observed_at }: Attempt,
  step: TestPaymentStep | 'ready' | 'refunded',
  value: string,
  now: number,
): Change {
  const answers = { ...before, [step]: value } as TestPaymentAnswers
  if (step === 'ready' || step === 'refunded') return { answers }
  const observed = step === 'pay' || (step === 'web_page' && value === 'no')
  return { answers, observed_at: observed ? now : observed_at, step: stepAfter(answers, step) }
}

/** To the next question, where this one is answered; null where it is not. */
export function toNext({ answers, step }: Attempt): Change | null {
  if (step === 'details' || answers[step] === undefined) return null
  return { step: stepAfter(answers, step) }
}

/** To the question before; null at the first. */
export function toBefore({ answers, step }: Attempt): Change | null {
  const steps = testPaymentSteps(answers)
  const before = steps[steps.indexOf(step) - 1]
  return before ? { step: before } : null
}

function stepAfter(answers: TestPaymentAnswers, step: TestPaymentStep): TestPaymentStep {
  const steps = testPaymentSteps(answers)
  return steps[steps.indexOf(step) + 1] ?? 'details'
}

export const isRefusedTime = ({ error }: Parcel): boolean => error?.fields.some(({ code }) => code === 'IN_THE_FUTURE') ?? false

/** What the outbox gives back to be changed. */
export function attemptOf(parcel: Parcel): Attempt {
  const { answers, observed_at } = (parcel.kind === 'evidence' ? parcel.form : {}) as Pick<Attempt, 'answers' | 'observed_at'>
  const photos = parcel.photos.map(localPhotoOf)
  const { id, shop, revision } = parcel
  return { id, shop, step: 'details', answers, observed_at, photos, revision: revision + 1, ahead: isRefusedTime(parcel) }
}
