// Whether a page lets WeChat's payment page frame it: X-Frame-Options, and frame-ancestors of Content-Security-Policy, which overrides it.
import type { IncomingHttpHeaders } from 'node:http'

const parent = new URL('https://payapp.weixin.qq.com')

export interface Framing {
  /** the value that forbids; null: it does not */
  x_frame_options: string | null
  /** the directive that forbids; null: it does not */
  frame_ancestors: string | null
  /** browsers that know frame-ancestors do not look at X-Frame-Options */
  overridden: boolean
}

export function framingOf(headers: IncomingHttpHeaders): Framing {
  const given = [headers['x-frame-options'] ?? ''].flat().join(',')
  const options = given.split(',').map(option => option.trim().toUpperCase())
  const lists = ancestorLists([headers['content-security-policy'] ?? ''].flat().join(','))
  return {
    // ALLOW-FROM is known to no browser that WeChat uses, which ignore it
    x_frame_options: options.find(option => option === 'DENY' || option === 'SAMEORIGIN') ?? null,
    frame_ancestors: lists.find(list => !list.some(allowsParent))?.join(' ') ?? null,
    overridden: lists.length > 0,
  }
}

/** Of each policy the first frame-ancestors counts; every policy must allow. */
function ancestorLists(policies: string): string[][] {
  return policies.split(',').flatMap(policy => {
    const directives = policy.split(';').map(directive => directive.trim().split(/\s+/))
    const ancestors = directives.find(([name]) => name?.toLowerCase() === 'frame-ancestors')
    return ancestors ? [ancestors.slice(1)] : []
  })
}

/** A source expression of CSP Level 3 against https://payapp.weixin.qq.com; 'self' is the page's own host, which is another. */
function allowsParent(source: string): boolean {
  const text = source.toLowerCase()
  if (text === '*' || text === 'https:' || text === 'http:') return true
  const [, scheme, host, port] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?((?:\*\.)?[a-z0-9.-]+)(?::(\d+|\*))?(?:\/.*)?$/.exec(text) ?? []
  if (host === undefined) return false
  // http in a policy stands for https as well
  if (scheme !== undefined && scheme !== 'https' && scheme !== 'http') return false
  if (port !== undefined && port !== '*' && port !== '443' && !(port === '80' && scheme === 'http')) return false
  return host.startsWith('*.') ? parent.hostname.endsWith(host.slice(1)) : host === parent.hostname
}
