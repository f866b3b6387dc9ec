import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { canSign, secretOf, secretsAt, traceOf } from '../../src/webhooks/secret.ts'
import { signatureHeaders } from '../../src/webhooks/sign.ts'
import { waitAfter, mostTries } from '../../src/webhooks/schedule.ts'

const salt = 'c2FsdA'
const secret = secretOf({ salt, generation: 1 })

describe('a signature', () => {
  test('is the one of the standard’s own example', () => {
    // From the specification and the reference libraries' tests.
    const headers = signatureHeaders(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      '{"test": 2432232314}',
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      new Date(1_614_265_330_000),
    )
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  test('is trusted by the standard’s library, whatever is sent', () => {
    fc.assert(
      fc.property(fc.json(), fc.stringMatching(/^evt_[\w-]{22}$/), (body, name) => {
        const headers = signatureHeaders(name, body, [secret], new Date())
        expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
      }),
    )
  })

  test('is not trusted when one byte, the name, the moment or the secret is another', () => {
    const body = '{"type":"badge.granted"}'
    const headers = signatureHeaders('evt_1', body, [secret], new Date())
    const verify =
      (text: string, given: Record<string, string>, by = secret) =>
      () =>
        new Webhook(by).verify(text, given)
    expect(verify(body.replace('granted', 'revoked'), headers)).toThrow()
    expect(verify(body, { ...headers, 'webhook-id': 'evt_2' })).toThrow()
    expect(
      verify(body, { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) }),
    ).toThrow()
    expect(verify(body, headers, secretOf({ salt, generation: 2 }))).toThrow()
    const old = signatureHeaders('evt_1', body, [secret], new Date(Date.now() - 10 * 60_000))
    expect(verify(body, old)).toThrow('too old')
  })
})

describe('a secret', () => {
  test('follows from the site’s own, the endpoint’s salt and its generation, and from nothing less', () => {
    const site = 'the secret of this site'
    const of = (salt: string, generation: number, from = site) => secretOf({ salt, generation }, from)
    expect(of('a', 1)).toBe(of('a', 1))
    expect(new Set([of('a', 1), of('a', 2), of('b', 1), of('a', 1, 'another secret')]).size).toBe(4)
    expect(Buffer.from(of('a', 1).replace('whsec_', ''), 'base64')).toHaveLength(32)
  })

  test('is known again by its trace, so that a changed SECRET never signs', () => {
    const secretTrace = traceOf(secret)
    expect(canSign({ salt, generation: 1, secretTrace })).toBe(true)
    expect(
      canSign({ salt, generation: 1, secretTrace: traceOf(secretOf({ salt, generation: 1 }, 'lost')) }),
    ).toBe(false)
  })

  test('signs beside the one before it while that is good', () => {
    const now = new Date()
    const renewed = { salt, generation: 2, previousUntil: new Date(now.getTime() + 1) }
    expect(secretsAt(renewed, now)).toEqual([secretOf({ salt, generation: 2 }), secret])
    expect(secretsAt(renewed, renewed.previousUntil)).toEqual([secretOf({ salt, generation: 2 })])
    const body = '{}'
    const headers = signatureHeaders('evt_1', body, secretsAt(renewed, now), now)
    for (const one of secretsAt(renewed, now)) new Webhook(one).verify(body, headers)
  })
})

test('tries come after 5 seconds, 5 minutes, half an hour, 2, 5, 10, 14, 20 and 24 hours, give or take a tenth', () => {
  const hours = (count: number) => count * 3600
  const seconds = [5, 300, 1800, hours(2), hours(5), hours(10), hours(14), hours(20), hours(24)]
  for (const [index, wait] of seconds.entries()) {
    expect(waitAfter(index + 1, 0.5)).toBe(wait * 1000)
    expect(waitAfter(index + 1, 0)).toBe(wait * 900)
    expect(waitAfter(index + 1, 1)).toBe(wait * 1100)
  }
  expect(waitAfter(mostTries)).toBeNull()
})
