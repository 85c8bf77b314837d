// What a provider sets for its receipt page, as environment variables.
import { isIP } from 'node:net'
import { checkCodeVariants } from './check-code.ts'

export interface ReceiptSettings {
  /** the provider's interface that knows orders (README.md); null: there is none, customers see the official receipt */
  source: { url: string; key: string } | null
  /** the links as entered in WeChat's console, which check_code is made of */
  links: readonly string[]
  /** the one reading of WeChat's rule that counts; null: any */
  variant: string | null
  /** who frames the page: WeChat, or beside a sandbox a page of this machine */
  parentOrigin: string
  /** WeChat's script; only tests give another */
  sdkUrl: string
  /** how long the provider's interface has, milliseconds */
  sourceDeadlineMs: number
  /** after so many milliseconds from the start of loading, the page asks for the official receipt; WeChat waits 3,000 */
  pageDeadlineMs: number
}

export const defaultReceiptSettings: ReceiptSettings = {
  source: null,
  links: [],
  variant: null,
  parentOrigin: 'https://payapp.weixin.qq.com',
  sdkUrl: 'https://wx.gtimg.com/pay_h5/goldplan/js/jgoldplan-1.0.0.js',
  sourceDeadlineMs: 1_500,
  pageDeadlineMs: 2_500,
}

type Complain = (variable: string, problem: string, remedy: string) => void

/** @param set a variable's trimmed value; undefined when it is not there or empty */
export function readReceiptSettings(set: (variable: string) => string | undefined, complain: Complain): ReceiptSettings {
  const url = set('RECEIPT_SOURCE_URL')
  const key = set('RECEIPT_SOURCE_KEY')
  if (url !== undefined && !isSourceUrl(url))
    complain(
      'RECEIPT_SOURCE_URL',
      'is no https URL; http is taken for loopback only',
      'give the address of the interface that knows your orders',
    )
  if ((url === undefined) !== (key === undefined))
    complain(
      url === undefined ? 'RECEIPT_SOURCE_URL' : 'RECEIPT_SOURCE_KEY',
      'is missing',
      'set both, or neither: then customers see the official receipt',
    )
  if (key !== undefined && key.length < 32)
    complain('RECEIPT_SOURCE_KEY', 'is shorter than 32 characters', 'give a long random text, the same as in your interface')
  const links = (set('RECEIPT_LINKS') ?? '').split(/[\s,，]+/).filter(link => link !== '')
  if (links.some(link => !URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol)))
    complain('RECEIPT_LINKS', 'holds what is no URL', 'give the links exactly as entered in the console, comma separated')
  if (url !== undefined && links.length === 0)
    complain('RECEIPT_LINKS', 'is missing', 'give the 商家小票链接 exactly as entered in the console: check_code is made of it')
  const parent = set('RECEIPT_PARENT_ORIGIN')
  if (parent !== undefined && !(isLoopbackUrl(parent) && new URL(parent).origin === parent))
    complain(
      'RECEIPT_PARENT_ORIGIN',
      'is no origin on loopback',
      'leave it out: only WeChat may frame the page; beside a sandbox, give the address of that',
    )
  const variant = set('RECEIPT_CHECK_CODE') ?? 'any'
  if (variant !== 'any' && !checkCodeVariants.includes(variant))
    complain('RECEIPT_CHECK_CODE', 'is no variant of the rule', `give any, or one of ${checkCodeVariants.join(', ')}`)
  return {
    ...defaultReceiptSettings,
    source: url !== undefined && key !== undefined ? { url, key } : null,
    links,
    ...(parent !== undefined && { parentOrigin: parent }),
    variant: variant === 'any' ? null : variant,
  }
}

function isSourceUrl(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!url || url.username || url.hash) return false
  return url.protocol === 'https:' || isLoopbackUrl(value)
}

function isLoopbackUrl(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? ''
  return url?.protocol === 'http:' && (host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.')))
}
