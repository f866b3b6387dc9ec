import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { post, type Way } from '../../src/webhooks/post.ts'
import { answering, Receiver } from './receiver.ts'

const platform = new Receiver()
beforeAll(() => platform.open())
afterAll(() => {
  platform.close()
})
beforeEach(() => {
  platform.received.length = 0
  platform.answer = answering(200)
})

const send = (way: Partial<Way> = {}, url = platform.url) =>
  post(url, { 'webhook-id': 'evt_1' }, '{"a":1}', { inner: true, ...way })

test('a platform takes something in, and how its answer begins is kept', async () => {
  platform.answer = answering(202, {}, 'Thank you.')
  expect(await send()).toMatchObject({ status: 202, answer: 'Thank you.', problem: '' })
  const [{ headers, body }] = platform.received as [(typeof platform.received)[0]]
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': 'evt_1' })
  expect(body).toBe('{"a":1}')
})

describe('whatever the platform does, it is an outcome', () => {
  test.each([400, 401, 404, 410, 429, 500, 503])('%i', async status => {
    platform.answer = answering(status, {}, 'No.')
    expect(await send()).toMatchObject({ status, answer: 'No.', problem: '' })
  })

  test('a redirect is not followed', async () => {
    platform.answer = answering(307, { location: platform.url })
    expect((await send()).status).toBe(307)
    expect(platform.received).toHaveLength(1)
  })

  test('an answer without end is let go of after its first bytes', async () => {
    platform.answer = (_, response) => {
      const timer = setInterval(() => response.write('a'.repeat(64 * 1024)), 1)
      response.once('close', () => {
        clearInterval(timer)
      })
    }
    const { status, answer, took } = await send()
    expect([status, answer.length]).toEqual([200, 1000])
    expect(took).toBeLessThan(5_000)
  })

  test('bytes that are no text, and text that the database does not take, become text', async () => {
    platform.answer = (_, response) => response.end(Buffer.from([0x61, 0x00, 0xff, 0xed, 0xa0, 0x80, 0x62]))
    const { answer } = await send()
    expect(answer).toMatch(/^a.*b$/)
    expect(answer).not.toContain('\0')
    expect(answer.isWellFormed()).toBe(true)
  })

  test('silence ends after a while', async () => {
    platform.answer = () => {}
    expect(await send({ patience: 100 })).toMatchObject({
      status: null,
      problem: 'No answer came within 0.1 seconds.',
    })
  })

  test('who has answered and then goes on slowly has answered', async () => {
    platform.answer = (_, response) => response.writeHead(200).write('Thank')
    expect(await send({ patience: 200 })).toMatchObject({ status: 200, answer: 'Thank', problem: '' })
  })

  test('a connection that breaks', async () => {
    platform.answer = request => request.socket.destroy()
    expect((await send()).problem).toBe('The connection broke before an answer came.')
  })

  test('nobody who listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')
    expect((await send({}, `http://127.0.0.1:${port}/`)).problem).toBe('Nobody listens at that address.')
  })

  test('something that does not speak HTTP', async () => {
    const server = createServer(socket => socket.end('220 mail.example.org ESMTP\r\n')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    expect((await send({}, `http://127.0.0.1:${port}/`)).problem).toMatch(/^The connection failed \(HPE_/)
    server.close()
  })

  test('a name that leads nowhere', async () => {
    const problem = 'No address is known for chat.invalid.'
    expect((await send({}, 'https://chat.invalid/')).problem).toBe(problem)
    expect((await send({ resolve: () => Promise.resolve([]) }, 'https://chat.invalid/')).problem).toBe(
      problem,
    )
  })
})

describe('a name is judged by where it leads, at the moment when something is sent', () => {
  const leadingTo =
    (...addresses: string[]) =>
    () =>
      Promise.resolve(addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })))

  test.each([
    ['127.0.0.1'],
    ['10.0.0.1'],
    ['192.168.0.1'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['fd00::1'],
    // One good address among them helps nothing: which one is taken is not ours to say.
    ['8.8.8.8', '127.0.0.1'],
  ])('%s is refused', async (...addresses) => {
    const way = { inner: false, resolve: leadingTo(...addresses) }
    const { status, problem } = await send(way, 'https://innocent.example.org/')
    expect(status).toBeNull()
    expect(problem).toContain(
      `innocent.example.org leads to ${addresses.at(-1)}, an address of the inner network`,
    )
  })

  test('machines’ metadata is refused even where the inner network is allowed', async () => {
    const way = { inner: true, resolve: leadingTo('169.254.169.254') }
    expect((await send(way, 'https://innocent.example.org/')).problem).toContain('no platform can be')
  })

  test('the connection is made to the address that was judged, and looked up once', async () => {
    const asked: string[] = []
    const resolve = (host: string) => {
      asked.push(host)
      return leadingTo('127.0.0.1')()
    }
    expect((await send({ resolve }, `http://chat.localhost:${platform.port}/`)).status).toBe(200)
    expect(asked).toEqual(['chat.localhost'])
  })

  test('an address in digits is judged as well, where no name is looked up', async () => {
    expect((await send({ inner: false })).problem).toContain('WEBHOOK_PRIVATE')
    expect(platform.received).toEqual([])
  })
})
