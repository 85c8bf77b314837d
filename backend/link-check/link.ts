// Which link is looked at: https, on a registered name, on the usual port. Everything else is refused with a code of its own before anything is sent.
import { isIP } from 'node:net'
import { AppError } from '../http/problems/app-error.ts'
import type { LinkCheckSettings } from './settings.ts'

/** @throws AppError LINK_NOT_GIVEN, LINK_INVALID, LINK_HOST_NOT_REGISTERED */
export function linkToCheck(given: string | undefined, settings: LinkCheckSettings): URL {
  const text = given?.trim() ?? settings.link
  if (text === null) throw new AppError('LINK_NOT_GIVEN')
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' || url.username || url.password) {
    throw new AppError('LINK_INVALID', {
      errors: [{ field: 'url', code: 'WRONG_FORMAT', message: 'is not an https link without a password' }],
    })
  }
  if (!isRegistered(url, settings.hosts, settings.reach?.ports)) throw new AppError('LINK_HOST_NOT_REGISTERED')
  return url
}

/** URL has already made one form of 0x7f.1, 017700000001 and 2130706433: an address, and no address is ever registered. */
export function isRegistered(url: URL, hosts: readonly string[], ports: readonly number[] = [443]): boolean {
  return ports.includes(portOf(url)) && !isAddress(url) && hosts.includes(hostOf(url))
}

export const portOf = (url: URL): number => (url.port === '' ? 443 : Number(url.port))
/** without the dot that ends an absolute name */
export const hostOf = (url: URL): string => url.hostname.replace(/\.$/, '')
export const isAddress = (url: URL): boolean => url.hostname.startsWith('[') || isIP(hostOf(url)) !== 0
