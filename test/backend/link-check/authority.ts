// Certificate authorities and servers' certificates for tests: node:crypto signs, the DER around it is written here (RFC 5280).
import { createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'

const element = (tag: number, ...contents: Buffer[]): Buffer => {
  const content = Buffer.concat(contents)
  const length = content.length
  const header = length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(header), content])
}
const sequence = (...contents: Buffer[]) => element(0x30, ...contents)
const hex = (text: string) => Buffer.from(text, 'hex')
const ecdsaWithSha256 = sequence(hex('06082a8648ce3d040302'))
const nameOf = (commonName: string) => sequence(element(0x31, sequence(hex('0603550403'), element(0x0c, Buffer.from(commonName)))))
const timeOf = (at: Date) => element(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`))
const extension = (oid: string, content: Buffer) => sequence(hex(oid), element(0x04, content))
const authorityOnly = extension('0603551d13', sequence(element(0x01, hex('ff'))))
const namesOf = (names: readonly string[]) => extension('0603551d11', sequence(...names.map(name => element(0x82, Buffer.from(name)))))

export interface Issued {
  /** PEM */
  certificate: string
  /** PEM */
  key: string
}

export interface Authority extends Issued {
  /** @param names of the server; `from`, `to` in days from now, default -1 and 90 */
  issue(names: readonly string[], validity?: { from?: number; to?: number }): Issued
  /** an authority below this one */
  intermediate(commonName: string): Authority
}

interface Signer {
  commonName: string
  privateKey: KeyObject
}

const day = 86_400_000

function issued(subject: string, extra: Buffer, { from = -1, to = 90 }: { from?: number; to?: number }, signer?: Signer) {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const tbs = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, Buffer.concat([hex('01'), randomBytes(15)])),
    ecdsaWithSha256,
    nameOf(signer?.commonName ?? subject),
    sequence(timeOf(new Date(Date.now() + from * day)), timeOf(new Date(Date.now() + to * day))),
    nameOf(subject),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(extra)),
  )
  const signature = createSign('sha256')
    .update(tbs)
    .sign(signer?.privateKey ?? keys.privateKey)
  const base64 = sequence(tbs, ecdsaWithSha256, element(0x03, Buffer.from([0]), signature)).toString('base64')
  return {
    privateKey: keys.privateKey,
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`,
  }
}

/** @param above none: its own root */
export function createAuthority(commonName: string, above?: Signer): Authority {
  const { privateKey, key, certificate } = issued(commonName, authorityOnly, { to: 3650 }, above)
  const signer = { commonName, privateKey }
  return {
    certificate,
    key,
    issue(names, validity = {}) {
      const made = issued(names[0]!, namesOf(names), validity, signer)
      return { certificate: made.certificate, key: made.key }
    },
    intermediate: name => createAuthority(name, signer),
  }
}
