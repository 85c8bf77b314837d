// A customer's 付款码 is as good as money for a minute: it is refused on the phone and never sent or stored (product.md M04).

/** 18 digits starting with 10 to 15, also when typed with spaces, hyphens or full-width digits. */
export function isPaymentCode(text: string): boolean {
  const digits = text
    .replace(/[０-９]/g, digit => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u200b-\u200d\ufeff-]/g, '')
  return /^1[0-5]\d{16}$/.test(digits)
}
