import { describe, expect, test } from 'vitest'
import { problemWith, refusalOf } from '../../src/webhooks/address.ts'

describe('an address that an admin gives', () => {
  test.each([
    'https://chat.example.org/hooks',
    'https://chat.example.org:8443/a?b=c',
    'https://8.8.8.8/hooks',
  ])('%s is taken', address => {
    expect(problemWith(address, false)).toBeNull()
  })

  test.each([
    ['http://chat.example.org/hooks', 'https'],
    ['ftp://chat.example.org/', 'https'],
    ['javascript:alert(1)', 'https'],
    ['chat.example.org', 'not a web address'],
    ['https://', 'not a web address'],
    ['https://me:secret@chat.example.org/', 'name and the password'],
    ['https://chat.example.org/#here', 'after the #'],
  ])('%s is not: it says why', (address, why) => {
    expect(problemWith(address, false)).toContain(why)
  })

  // The same machine, and the network around it, in every way of writing it.
  const inside = [
    'http://localhost/',
    'https://localhost./',
    'https://chat.localhost/',
    'https://LOCALHOST/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://①②⑦.⓪.⓪.①/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://[fd12:3456::1]/',
  ]
  test.each(inside)('%s is inside, and refused unless the operator allows it', address => {
    expect(problemWith(address, false)).toContain('WEBHOOK_PRIVATE')
    expect(problemWith(address, true)).toBeNull()
  })

  const nowhere = [
    'https://169.254.169.254/latest/meta-data/',
    'https://[::ffff:169.254.169.254]/',
    'https://2852039166/',
    'https://[fd00:ec2::254]/',
    'https://0.0.0.0/',
    'https://0/',
    'https://[::]/',
    'https://[fe80::1]/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[::7f00:1]/',
  ]
  test.each(nowhere)('%s is refused whatever the operator allows', address => {
    expect(problemWith(address, true)).toContain('no platform can be')
    expect(problemWith(address, false)).not.toBeNull()
  })

  test('without TLS only this machine is reached, however near the others are', () => {
    expect(problemWith('http://127.0.0.1:3000/', true)).toBeNull()
    expect(problemWith('http://[::1]:3000/', true)).toBeNull()
    expect(problemWith('http://10.0.0.7/', true)).toContain('https')
  })

  test('an address of the world is an address of the world', () => {
    for (const address of ['8.8.8.8', '172.32.0.1', '11.0.0.1', '2606:4700::1111'])
      expect(refusalOf(address, false)).toBeNull()
  })
})
