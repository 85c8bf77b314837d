// What a receipt page must hold and must not do, judged from its text alone. Nothing is run: what a script does only at run time is not seen here.

/** facts.md §2.4; over https or the page's own scheme, since a page of https loads nothing else */
const script = /(?:https:)?\/\/wx\.gtimg\.com\/pay_h5\/goldplan\/js\/jgoldplan-[\d.]+\.js/

/** One pass: a comment without an end reaches to the end of the page, as in a browser. */
export function withoutComments(html: string): string {
  const kept: string[] = []
  for (let from = 0; ;) {
    const begins = html.indexOf('<!--', from)
    kept.push(html.slice(from, begins < 0 ? undefined : begins))
    const ends = begins < 0 ? -1 : html.indexOf('-->', begins + 4)
    if (ends < 0) return kept.join('')
    from = ends + 3
  }
}

export const holdsScript = (text: string): boolean => new RegExp(`(?<!http:)${script.source}`).test(text)
export const saysReady = (text: string): boolean => text.includes('onIframeReady')

/** Addresses of the scripts that a page loads, as written. The bounds keep the time in proportion to the length, also with unfinished tags. */
export function scriptsOf(html: string): string[] {
  return [...html.matchAll(/<script\b[^<>]{0,300}?\bsrc\s*=\s*(?:"([^"<>]{1,1000})"|'([^'<>]{1,1000})'|([^\s"'<>]{1,1000}))/gi)].map(
    match => match[1] ?? match[2] ?? match[3]!,
  )
}

/** what stands shortly before a call that waits for the customer's finger */
const byHand = /click|tap|touchend|touchstart|pointerup|@press|onpress/i
const before = 600

/**
 * A guess: a jumpOut without the word click in the text shortly before it. It can be wrong either way, and the finding says that it is a guess.
 */
export function jumpSeemsAutomatic(text: string): boolean {
  return [...text.matchAll(/['"]?action['"]?\s*:\s*['"]jumpOut['"]/g)].some(
    ({ index }) => !byHand.test(text.slice(Math.max(0, index - before), index)),
  )
}

/** Where people are sent who are not logged in. */
export function leadsToLogin({ hostname, pathname }: URL): boolean {
  if (hostname === 'open.weixin.qq.com') return true
  return /(^|[./_-])(login|signin|sign-in|passport|sso|oauth2?|authorize|cas)([./_-]|$)/i.test(`${hostname}${pathname}`)
}

/** Any page of a single-page app, where a file was asked for. */
export const looksLikePage = (text: string): boolean => /^\s*(<!doctype html|<html|<head|<body)/i.test(withoutComments(text))
