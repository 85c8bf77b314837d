// The settings of the link check from the environment: names only. An address can never be registered, in whatever form it is written.
import { isIP } from 'node:net'
import { hostOf, isAddress } from './link.ts'
import { linkChecksPerMinute, type LinkCheckSettings } from './settings.ts'

type Complain = (variable: string, problem: string, remedy: string) => void

/** RECEIPT_LINK, RECEIPT_LINK_HOSTS (the host of the link is one of them by itself), RECEIPT_VERIFICATION_FILE and its content; all optional. */
export function readLinkCheckSettings(set: (variable: string) => string | undefined, complain: Complain): LinkCheckSettings {
  const link = set('RECEIPT_LINK') ?? null
  const named = (set('RECEIPT_LINK_HOSTS') ?? '').split(/[,，]/).filter(text => text.trim() !== '')
  const hosts = named.flatMap(text => {
    const host = hostIn(text.trim())
    if (host === undefined)
      complain('RECEIPT_LINK_HOSTS', `names ${text.trim()}, which is no host name`, 'give names like h5.example.com, comma separated')
    return host ?? []
  })
  if (link !== null) {
    const url = URL.canParse(link) ? new URL(link) : undefined
    const usual = url?.protocol === 'https:' && url.port === '' && !url.username && !url.password && !isAddress(url)
    if (url && usual) hosts.push(hostOf(url))
    else complain('RECEIPT_LINK', 'is not an https link on a host name', 'give it as it stands on the console (商家小票链接配置)')
  }
  const verificationFile = set('RECEIPT_VERIFICATION_FILE') ?? null
  if (verificationFile !== null && !/^[0-9A-Za-z_-]{1,64}\.[a-z]{2,5}$/.test(verificationFile))
    complain('RECEIPT_VERIFICATION_FILE', 'is not the name of a file', 'give the name of the file that the console gave, without a folder')
  if (verificationFile === 'openapi.json')
    complain('RECEIPT_VERIFICATION_FILE', 'is a name that the backend has itself', 'give the name of the file that the console gave')
  const verificationContent = set('RECEIPT_VERIFICATION_CONTENT')
  if (verificationContent !== undefined && verificationFile === null)
    complain('RECEIPT_VERIFICATION_FILE', 'is missing', 'give the name of the file whose content RECEIPT_VERIFICATION_CONTENT is')
  if (verificationContent !== undefined && !/^[\x20-\x7e\r\n]{1,1000}$/.test(verificationContent))
    complain(
      'RECEIPT_VERIFICATION_CONTENT',
      'is not a short line of letters and digits',
      'copy the text inside the file that the console gave',
    )
  return {
    link,
    hosts: [...new Set(hosts)],
    verificationFile,
    ...(verificationContent !== undefined && { verificationContent }),
    perMinute: linkChecksPerMinute,
  }
}

/** In lower case and ASCII. A name with a dot in it: what has none is of an inner network. */
function hostIn(text: string): string | undefined {
  if (!URL.canParse(`https://${text}`) || /[/?#@:]/.test(text)) return undefined
  const host = hostOf(new URL(`https://${text}`))
  return isIP(host) === 0 && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) && !/\.(local|internal|localhost|home\.arpa)$/.test(host)
    ? host
    : undefined
}
