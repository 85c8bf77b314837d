// Makes self-signed X.509 certificates, so that the sandbox needs no openssl: node:crypto reads certificates and does not write them.
import { createSign, type KeyObject } from 'node:crypto'

const element = (tag: number, ...contents: Buffer[]): Buffer => {
  const content = Buffer.concat(contents)
  const length = content.length
  const header = length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(header), content])
}
const sequence = (...contents: Buffer[]) => element(0x30, ...contents)
const SHA256_WITH_RSA = sequence(Buffer.from('06092a864886f70d01010b', 'hex'), Buffer.from('0500', 'hex'))
const COMMON_NAME = Buffer.from('0603550403', 'hex')
const bitString = (bytes: Buffer) => element(0x03, Buffer.from([0]), bytes)
const generalizedTime = (at: Date) => element(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`))

export interface CertificateRequest {
  commonName: string
  /** 40 capital hex digits, the first of them 1 to 7 (a positive number of 20 bytes, as WeChat Pay's are) */
  serialNo: string
  publicKey: KeyObject
  privateKey: KeyObject
  validFrom: Date
  validTo: Date
}

/** @returns PEM (RFC 5280, version 3, no extensions) */
export const selfSignedCertificate = (request: CertificateRequest): string => {
  const name = sequence(element(0x31, sequence(COMMON_NAME, element(0x0c, Buffer.from(request.commonName)))))
  const tbs = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, Buffer.from(request.serialNo, 'hex')),
    SHA256_WITH_RSA,
    name,
    sequence(generalizedTime(request.validFrom), generalizedTime(request.validTo)),
    name,
    request.publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = createSign('RSA-SHA256').update(tbs).sign(request.privateKey)
  const base64 = sequence(tbs, SHA256_WITH_RSA, bitString(signature)).toString('base64')
  return `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`
}
