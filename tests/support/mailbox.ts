import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { afterAll } from 'vitest'

/** A real mail server that keeps what it is sent. */
export async function mailbox() {
  const letters: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      void text(stream).then(letter => {
        letters.push(letter)
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  afterAll(() => new Promise<void>(done => server.close(done)))

  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    /** The next letter that nobody has read, within 20 s. */
    async next(): Promise<string> {
      for (let waited = 0; waited < 200; waited++) {
        const letter = letters.shift()
        if (letter !== undefined) return letter.replaceAll('=\r\n', '').replaceAll('=3D', '=')
        await new Promise(done => setTimeout(done, 100))
      }
      throw new Error('No letter came within 20 seconds.')
    },
    get waiting() {
      return letters.length
    },
  }
}
