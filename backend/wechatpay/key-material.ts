// Takes a key as PEM text or as the path of a file, and tells apart the ways in which people give the wrong one.
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Records what is wrong and how to fix it. Returns undefined, so that `return complain(…)` also ends the reading. */
export type Complaint = (problem: string, remedy: string) => undefined

/** WeChat Pay issues RSA keys of 2,048 bits only. */
const KEY_BITS = 2048

const block = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g

/**
 * The blocks of a text as OpenSSL reads them. Settings, YAML and mail change line breaks (\\n, blanks, none at all, indents, empty lines), which say nothing.
 * A block with lines of its own before the base64, as an encrypted key has them, stays as it is.
 */
const blocksIn = (text: string): string =>
  text.replace(block, (whole: string, name: string, body: string) => {
    const plain = body.replaceAll(/(?:\\+[rn]|\s)+/g, '')
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) return whole.replaceAll(/\\+r/g, '').replaceAll(/\\+n/g, '\n')
    return `\n-----BEGIN ${name}-----\n${plain.match(/.{1,64}/g)!.join('\n')}\n-----END ${name}-----\n`
  })

/** @param value PEM text or the path of a file */
export const readMaterial = (value: string, complain: Complaint): string | undefined => {
  if (value.includes('-----BEGIN')) return blocksIn(value)
  const notPem = () =>
    complain(
      'is neither PEM text nor a file that can be read',
      'give the path of the .pem file, or its whole text with the BEGIN and END lines',
    )
  // Text without its BEGIN line is a common accident; it must not end up in a message as if it were a file name.
  if (value.length > 1024 || value.includes('\n')) return notPem()
  let text: string
  try {
    text = readFileSync(value, 'utf8').trim()
  } catch {
    return notPem()
  }
  return text === '' ? complain('is an empty file', 'give the path of the .pem file as it was downloaded') : blocksIn(text)
}

export const readPrivateKey = (pem: string, complain: Complaint): KeyObject | undefined => {
  const remedy = 'give apiclient_key.pem: it begins with -----BEGIN PRIVATE KEY-----'
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(pem)) {
    return complain('is encrypted with a passphrase', 'decrypt it once: openssl pkey -in encrypted.pem -out apiclient_key.pem')
  }
  if (/BEGIN (RSA )?PUBLIC KEY/.test(pem)) return complain('is a public key', remedy)
  // openssl pkcs12 writes both into one file
  const own = /-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]*?-----END (?:RSA )?PRIVATE KEY-----/.exec(pem)?.[0]
  if (/BEGIN CERTIFICATE/.test(pem) && !own) return complain('is a certificate', remedy)
  if (!pem.includes('-----BEGIN'))
    return complain('is not PEM', `${remedy}; a .p12 file must be converted first: openssl pkcs12 -in apiclient_cert.p12 -nodes -nocerts`)
  return parse(() => createPrivateKey(own ?? pem), 'is damaged: it is not a private key that can be read', remedy, complain)
}

export const readPublicKey = (pem: string, complain: Complaint): KeyObject | undefined => {
  const remedy = 'give pub_key.pem of WeChat Pay: it begins with -----BEGIN PUBLIC KEY-----'
  if (/PRIVATE KEY/.test(pem)) return complain('is a private key', `${remedy}; the private key belongs into WECHATPAY_PRIVATE_KEY only`)
  if (/BEGIN CERTIFICATE/.test(pem))
    return complain('is a certificate', `${remedy}; a platform certificate belongs into WECHATPAY_PLATFORM_CERTIFICATE`)
  if (!pem.includes('-----BEGIN')) return complain('is not PEM', remedy)
  return parse(() => createPublicKey(pem), 'is damaged: it is not a public key that can be read', remedy, complain)
}

const parse = (read: () => KeyObject, damaged: string, remedy: string, complain: Complaint): KeyObject | undefined => {
  let key: KeyObject
  try {
    key = read()
  } catch {
    return complain(damaged, remedy) // OpenSSL's own message adds nothing that helps and could quote the material
  }
  if (key.asymmetricKeyType !== 'rsa') return complain(`is a key of type ${key.asymmetricKeyType}, not RSA`, remedy)
  const bits = key.asymmetricKeyDetails?.modulusLength
  if (bits !== KEY_BITS) return complain(`has ${bits} bits, WeChat Pay uses ${KEY_BITS}`, remedy)
  return key
}
