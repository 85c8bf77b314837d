// What a visit's answers stand for as evidence (product.md §10): nobody types the same thing twice. Pure.
import { type Answer, type Answers, askedItems } from '../../../miniprogram/shared/checklist.ts'
import type { ChecklistFact, ChecklistTemplate } from '../checklists/schema.ts'
import type { AfterPage, PaymentEntry } from '../../evidence/schema.ts'
import type { NewEvidence } from '../../evidence/record.ts'
import type { VisitResult } from './schema.ts'

type DetailOf<K extends NewEvidence['kind']> = Extract<NewEvidence, { kind: K }>['detail']

export interface Conclusions {
  flow_conclusion: DetailOf<'flow_conclusion'> | null
  test_payment: DetailOf<'test_payment'> | null
  not_concluded: VisitResult['not_concluded']
}

/** A web page inside WeChat opens from these; the others pay in another way. */
const webEntries: readonly PaymentEntry[] = ['table_sticker', 'counter_stand', 'official_account', 'h5_link', 'native_qr']

/**
 * @param answers without faults
 * @param storeCount of the merchant: with more than one, one visit cannot say that no store takes JSAPI
 */
export function conclude(template: Pick<ChecklistTemplate, 'items'>, answers: Answers, storeCount: number): Conclusions {
  const given = new Map<ChecklistFact, Answer>()
  for (const { id, fact } of askedItems(template, answers)) {
    const value = answers[id]
    if (fact && value !== undefined) given.set(fact, value)
  }
  const entries = (given.get('entries') ?? []) as readonly PaymentEntry[]
  return { ...flowOf(given, entries, storeCount), test_payment: testPaymentOf(given, entries) }
}

type Given = ReadonlyMap<ChecklistFact, Answer>

function flowOf(given: Given, entries: readonly PaymentEntry[], storeCount: number): Omit<Conclusions, 'test_payment'> {
  const web = given.get('web_page')
  if (web === 'yes') {
    const opened = theOneTested(entries)
    const seen = entries.map(entry => ({ entry, web_page_opened: entry === opened ? true : null }))
    return { flow_conclusion: { conclusion: 'jsapi', basis: 'visit', entries: seen }, not_concluded: null }
  }
  if (web !== 'no') return { flow_conclusion: null, not_concluded: null }
  if (given.get('all_entries_checked') !== true) return { flow_conclusion: null, not_concluded: 'NOT_ALL_CHECKED' }
  if (storeCount > 1) return { flow_conclusion: null, not_concluded: 'MORE_STORES' }
  const seen = entries.map(entry => ({ entry, web_page_opened: false }))
  return {
    flow_conclusion: { conclusion: 'not_jsapi', basis: 'visit', entries: seen, all_entries_checked: true },
    not_concluded: null,
  }
}

/** The checklist asks once for all entries: which of several opened the page is known only where one of them can. */
function theOneTested(entries: readonly PaymentEntry[]): PaymentEntry | undefined {
  const able = entries.filter(entry => webEntries.includes(entry))
  return able.length === 1 ? able[0] : undefined
}

function testPaymentOf(given: Given, entries: readonly PaymentEntry[]): Conclusions['test_payment'] {
  const payment = given.get('payment')
  if (payment !== 'done' && payment !== 'failed') return null
  const base = { entry: theOneTested(entries) ?? ('other' as const), web_page_opened: given.get('web_page') === 'yes' ? true : null }
  if (payment === 'failed') return { ...base, payee_matches: 'not_checked', after_page: 'not_paid' }
  const [page, photos, refunded, seconds] = (['after_page', 'payment_photo', 'refunded', 'ready_seconds'] as const).map(fact =>
    given.get(fact),
  )
  return {
    ...base,
    payee_matches: (given.get('payee') ?? 'not_checked') as 'yes' | 'no' | 'not_checked',
    after_page: (page ?? 'unsure') as AfterPage,
    ...(typeof seconds === 'number' ? { ready_seconds: seconds } : {}),
    ...(Array.isArray(photos) && photos.length > 0 ? { photo_ids: [...(photos as readonly string[])] } : {}),
    ...(typeof refunded === 'boolean' ? { refunded } : {}),
  }
}
