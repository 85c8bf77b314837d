// The receipt page as it is sent: one document, made once, with everything in it but WeChat's script. Nothing in it depends on the request.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { ReceiptSettings } from './settings.ts'

export interface ReceiptPage {
  html: Buffer
  gzipped: Buffer
  headers: Readonly<Record<string, string>>
}

const part = (name: string): string => readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8')

/** Comments on lines of their own and indentation are removed before the page is sent. */
const bare = (text: string): string =>
  text
    .replace(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/^\s+/gm, '')

export function makePage({
  parentOrigin,
  sdkUrl,
  pageDeadlineMs,
}: Pick<ReceiptSettings, 'parentOrigin' | 'sdkUrl' | 'pageDeadlineMs'>): ReceiptPage {
  const filled = (text: string) =>
    text.replaceAll('__PARENT__', parentOrigin).replaceAll('__DEADLINE__', String(pageDeadlineMs)).replaceAll('__SDK__', sdkUrl)
  const first = filled(bare(part('first.js')))
  const style = bare(part('style.css'))
  const last = filled(bare(part('last.js')))
  // by function: a replacement text may hold $ signs
  const html = bare(part('shell.html'))
    .replace('<!-- first.js -->', () => `<script>${first}</script>`)
    .replace('<!-- style.css -->', () => `<style>${style}</style>`)
    .replace('<!-- last.js -->', () => `<script>${last}</script>`)
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const policy = [
    "default-src 'none'",
    `script-src ${hash(first)} ${hash(last)} ${sdkUrl}`,
    `style-src ${hash(style)}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    // in place of X-Frame-Options, which cannot name WeChat alone
    `frame-ancestors ${parentOrigin}`,
  ]
  return {
    html: Buffer.from(html),
    gzipped: gzipSync(html, { level: 9 }),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      vary: 'accept-encoding',
      'referrer-policy': 'no-referrer',
      // its address names an order
      'cache-control': 'no-store',
      'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    },
  }
}
