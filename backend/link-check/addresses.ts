// Which addresses are of the public internet (IANA special-purpose registries for IPv4 and IPv6). What is not surely public is not.
import { BlockList, isIP } from 'node:net'

const special4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT, and clouds' metadata in it
  '127.0.0.0/8', // loopback
  '168.63.129.16/32', // a cloud's own services
  '169.254.0.0/16', // link-local, and clouds' metadata in it
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
]
/** Of the one block that is global unicast; everything beside it, v4-mapped and NAT64 included, is not public. */
const global6 = '2000::/3'
const special6 = [
  '2001::/23', // protocol assignments: Teredo, ORCHID, benchmarking
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4: holds any IPv4 address
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
]

const listOf = (family: 'ipv4' | 'ipv6', blocks: readonly string[]): BlockList => {
  const list = new BlockList()
  for (const block of blocks) {
    const [net, prefix] = block.split('/') as [string, string]
    list.addSubnet(net, Number(prefix), family)
  }
  return list
}
const refused4 = listOf('ipv4', special4)
const allowed6 = listOf('ipv6', [global6])
const refused6 = listOf('ipv6', special6)

/** @param address as a resolver gives it: IPv4 in four decimal numbers, or IPv6 without a zone */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !refused4.check(address, 'ipv4')
  return family === 6 && !address.includes('%') && allowed6.check(address, 'ipv6') && !refused6.check(address, 'ipv6')
}
