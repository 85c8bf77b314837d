// Which hosts and paths a receipt link may have: one rule for the app and the backend.
import { describe, expect, it } from '@jest/globals'
import { hostFault, pathFault, plainHost, receiptLinkFaults } from '../../../../../miniprogram/packages/manage/shared/receipt-link'

describe('a host', () => {
  it.each([
    ['h5.example.com', null],
    ['a-b.example.com.cn', null],
    ['', 'REQUIRED'],
    ['https://h5.example.com', 'HAS_SCHEME'],
    ['h5.example.com:443', 'HAS_PORT'],
    ['h5.example.com:', 'HAS_PORT'],
    ['*.example.com', 'WILDCARD'],
    ['203.0.113.7', 'IS_ADDRESS'],
    ['203.0.113.7:80', 'HAS_PORT'],
    ['0x7f.1', 'IS_ADDRESS'],
    ['0x7f000001', 'IS_ADDRESS'],
    ['2130706433', 'IS_ADDRESS'],
    ['[::1]', 'IS_ADDRESS'],
    ['[::1]:443', 'IS_ADDRESS'],
    ['2001:db8::1', 'IS_ADDRESS'],
    ['小票.example.com', 'NOT_ASCII'],
    ['xn--fiqs8s', 'NOT_ASCII'],
    ['pay.xn--fiqs8s.example.com', 'NOT_ASCII'],
    ['h5 .example.com', 'NOT_ASCII'],
    ['printer.local', 'INNER_NAME'],
    ['localhost', 'WRONG_FORMAT'],
    ['user@example.com', 'WRONG_FORMAT'],
    ['h5.example.com/receipt', 'WRONG_FORMAT'],
    ['-h5.example.com', 'WRONG_FORMAT'],
    ['h5..example.com', 'WRONG_FORMAT'],
    [`${'a'.repeat(64)}.example.com`, 'WRONG_FORMAT'],
  ])('%s is judged %s', (host, fault) => {
    expect(hostFault(host)).toBe(fault)
  })
  it('is compared in lower case, without what nobody sees and the dot at its end', () => {
    expect(plainHost(' H5.Example\u200b.COM. ')).toBe('h5.example.com')
  })
})

describe('a path', () => {
  it.each([
    ['/', null],
    ['/receipt/index.html?from=a', null],
    ['receipt', 'WRONG_FORMAT'],
    ['', 'WRONG_FORMAT'],
    ['/a b', 'WRONG_FORMAT'],
    ['/a#b', 'WRONG_FORMAT'],
    ['/小票', 'WRONG_FORMAT'],
    ['/"><script>', 'WRONG_FORMAT'],
    [`/${'a'.repeat(256)}`, 'TOO_LONG'],
  ])('%s is judged %s', (path, fault) => {
    expect(pathFault(path)).toBe(fault)
  })
})

it('the same link twice names the second', () => {
  const link = { host: 'h5.example.com', path: '/r', note: '' }
  expect(receiptLinkFaults([link, { ...link, path: '/s' }, { ...link, note: 'b' }])).toEqual([
    { field: 'receipt_links.2.host', code: 'DUPLICATE' },
  ])
})
