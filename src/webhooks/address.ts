import { BlockList, isIP } from 'node:net'

/** Where nobody's platform is: this very host by no name, the next machine, machines' metadata, everybody at once. */
const nobody = listOf([
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['fe80::', 10],
  ['ff00::', 8],
  ['2001:db8::', 32],
  // Metadata of a large cloud.
  ['fd00:ec2::', 32],
])

/** The network that only those inside of it reach. */
const inside = listOf([
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['fc00::', 7],
  ['fec0::', 10],
])

/** IPv6 with an IPv4 address inside: translated (NAT64), tunnelled (6to4, Teredo) or in its oldest form. */
const wrapped = listOf([
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['2001::', 32],
  ['::', 96],
])

/** This machine. */
const loopback = listOf([
  ['127.0.0.0', 8],
  ['::1', 128],
])

function listOf(networks: [string, number][]): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, familyOf(network))
  return list
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4'
}

/** An IPv4 address that is written as IPv6 (`::ffff:127.0.0.1`) is on the lists as what it is: `BlockList` sees to that. */
const isOn = (list: BlockList, address: string) => list.check(address, familyOf(address))

/**
 * Why nothing is sent to this IP address, or null where it may be. An admin who could have the site ask whatever
 * address they like could look around in the network behind it.
 * @param inner whether the operator allows this machine and the inner network (WEBHOOK_PRIVATE)
 */
export function refusalOf(address: string, inner: boolean): string | null {
  const here = isOn(loopback, address)
  if (!here && (isOn(nobody, address) || isOn(wrapped, address)))
    return 'an address at which no platform can be'
  return (here || isOn(inside, address)) && !inner
    ? 'an address of the inner network, which WEBHOOK_PRIVATE=1 would allow'
    : null
}

/**
 * Why this can't be the address of an endpoint, in a sentence, or null where it can: https, or http on this machine.
 * A name is looked up each time that something is sent; what it leads to is judged then.
 */
export function problemWith(text: string, inner: boolean): string | null {
  if (!URL.canParse(text)) return 'This is not a web address. It begins with https://.'
  const url = new URL(text)
  const host = hostOf(url)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere(host)))
    return 'Please give an address that begins with https://.'
  if (url.username || url.password) return 'Please leave the name and the password out of the address.'
  if (url.hash) return 'Please leave out what comes after the #: it would not be sent.'
  const refusal = isIP(host) ? refusalOf(host, inner) : isHere(host) ? refusalOf('127.0.0.1', inner) : null
  return refusal && `This is ${refusal}.`
}

/** The host of an address: `[::1]` without its brackets; digits in whatever form have become an IPv4 address. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')

/** RFC 6761: names under localhost are this machine. */
const isHere = (host: string) =>
  host === 'localhost' || host.endsWith('.localhost') || (isIP(host) !== 0 && isOn(loopback, host))
