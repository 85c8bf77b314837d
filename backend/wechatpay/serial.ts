// Serial numbers of certificates. They are numbers: whoever prints one may leave out zeros at its beginning, which one in 128 of WeChat Pay's has.
import { X509Certificate } from 'node:crypto'

/** 20 bytes. openssl and Node print whole bytes and leave out those that are zero at the beginning: hence 38 or 36 digits. */
const shape = /^([0-9A-F]{2}){18,20}$/i

export const isSerial = (text: string): boolean => shape.test(text)

/** The same for all spellings of one number; ids of public keys (PUB_KEY_ID_…) stay as they are. */
export const comparableSerial = (serial: string): string =>
  /^[0-9a-f]+$/i.test(serial) ? serial.toUpperCase().replace(/^0+(?=.)/, '') : serial

export const isSameSerial = (one: string, other: string): boolean => comparableSerial(one) === comparableSerial(other)

/** As WeChat Pay's console shows it: 40 capital hex digits. */
export const serialOf = (certificate: X509Certificate): string => certificate.serialNumber.toUpperCase().padStart(40, '0')
