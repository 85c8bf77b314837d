// Which addresses are public, and which names may be registered.
import { expect, test } from '@jest/globals'
import { isPublicAddress } from '../../../backend/link-check/addresses.ts'
import { inspectLink } from '../../../backend/link-check/inspect.ts'
import { readLinkCheckSettings } from '../../../backend/link-check/read-settings.ts'
import { realReach } from '../../../backend/link-check/reach.ts'

// prettier-ignore
test.each([
  '0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '100.100.100.200', '127.0.0.1', '127.255.255.254',
  '168.63.129.16', '169.254.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.88.99.1', '192.168.0.1',
  '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '::',
  '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:0808:0808', '::127.0.0.1', '64:ff9b::10.0.0.1', '64:ff9b::8.8.8.8', '64:ff9b:1::1', '100::1',
  'fc00::1', 'fd12:3456::1', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '2001::1', '2001:db8::1', '2002:a00:1::1',
  '3fff::1', '5f00::1', '2606:4700::1111%lo', '', 'localhost', '127.1', '0x7f.0.0.1', '1.2.3', '[::1]',
])('given %s, then it is not public', address => {
  expect(isPublicAddress(address)).toBe(false)
})
test.each([
  '1.1.1.1',
  '93.184.216.34',
  '100.63.255.255',
  '100.128.0.0',
  '172.15.255.255',
  '172.32.0.1',
  '192.169.0.1',
  '223.255.255.255',
  '2606:4700::1111',
  '2400:3200::1',
  '240e::1',
])('given %s, then it is public', address => {
  expect(isPublicAddress(address)).toBe(true)
})

const settings = (environment: Record<string, string>) => {
  const complaints: string[] = []
  const read = readLinkCheckSettings(
    name => environment[name],
    (variable, problem) => void complaints.push(`${variable} ${problem}`),
  )
  return { read, complaints }
}

test('given the settings of a provider, then the host of its link is one of the hosts, and no other way to the outside can be set', () => {
  const { read, complaints } = settings({
    RECEIPT_LINK: 'https://H5.Example.com./pay/receipt.html',
    RECEIPT_LINK_HOSTS: 'www.example.com, 小票.例子.中国',
    RECEIPT_VERIFICATION_FILE: 'wxpay_verify.txt',
    RECEIPT_LINK_REACH: 'loopback',
  })
  expect(complaints).toEqual([])
  expect(read).toEqual({
    link: 'https://H5.Example.com./pay/receipt.html',
    hosts: ['www.example.com', 'xn--yetw69d.xn--fsqu00a.xn--fiqs8s', 'h5.example.com'],
    verificationFile: 'wxpay_verify.txt',
    perMinute: 10,
  })
})
test.each([
  '127.0.0.1',
  '0x7f.1',
  '2130706433',
  '017700000001',
  '::1',
  '[::1]',
  'localhost',
  'printer.local',
  'db.internal',
  'a.com:8443',
  'https://a.com',
  'a.com/x',
  'u@a.com',
])('given %s among the hosts, then it is refused at the start', host => {
  const { read, complaints } = settings({ RECEIPT_LINK_HOSTS: host })
  expect([read.hosts, complaints.length]).toEqual([[], 1])
})
test.each(['http://h5.example.com/', 'https://10.0.0.1/', 'https://h5.example.com:8443/', 'https://u:p@h5.example.com/', 'receipt'])(
  'given the link %s, then it is refused at the start',
  link => {
    expect(settings({ RECEIPT_LINK: link }).complaints).toHaveLength(1)
  },
)

test('given the way that the program goes, then this machine is out of reach even when a registered name leads to it', async () => {
  const seen = await inspectLink(new URL('https://h5.example.com/'), {
    sub_mchid: '1900000109',
    verification_file: null,
    hosts: ['h5.example.com'],
    reach: { ...realReach, resolve: async () => ['127.0.0.1'] },
    now: new Date(),
  })
  expect(seen.findings[0]).toMatchObject({ part: 'address', code: 'ADDRESS_NOT_PUBLIC' })
  expect([realReach.ports, realReach.roots, realReach.budgetMs]).toEqual([[443], undefined, 5_000])
})
