// A customer's payment code never leaves a text box of these pages: it is taken out of the box, and said (product.md M04).
import { tellPerson } from '../../../behaviors/telling'
import { holdsPaymentCode } from '../../../shared/payment-code'
import { stores } from '../stores/index'

interface Page {
  setData(data: Record<string, unknown>): void
}

/**
 * @param at where the box's value stands in the page's data
 * @returns what is kept of what was typed
 */
export function withoutPaymentCode(page: Page, at: string, typed: string): string {
  if (!holdsPaymentCode(typed)) return typed
  // the box does not know that it is to be empty where its value was empty before
  page.setData({ [at]: typed })
  page.setData({ [at]: '' })
  void tellPerson(stores.preferences.say('payment_code.text'))
  return ''
}
