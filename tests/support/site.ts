import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll } from 'vitest'
import { nodeFlags } from '../../bin/handover.mjs'
import { testDatabase, type TestDatabase } from './database.ts'

export interface Site extends TestDatabase {
  origin: string
  /** Asks for a page with a visitor's cookies; redirects are answers, not followed. */
  get(path: string, visitor?: Visitor, request?: RequestInit): Promise<Response>
  /** Posts a form to an action on a page, as a browser would. */
  post(action: string, fields: Fields, visitor?: Visitor, page?: string): Promise<Response>
  /** A browser that has signed in, or nobody's. */
  visitor(signIn?: { handle: string; password: string }): Promise<Visitor>
}

export type Fields = Record<string, string | readonly string[]>

/** A browser: it keeps the cookies that it is given. */
export class Visitor {
  readonly #cookies = new Map<string, string>()

  /** Another that has the same cookies now, and keeps its own from here on. */
  copy(): Visitor {
    const copy = new Visitor()
    for (const [name, value] of this.#cookies) copy.#cookies.set(name, value)
    return copy
  }

  /** What it sends. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  keep(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      if (value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(cookie)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }
}

/**
 * The built site as it ships, in a process of its own, on this file's own database. Call it once, at the top.
 * @param folder where a copy of the site was built, with other content
 */
export async function testSite(settings: Record<string, string> = {}, folder = '.'): Promise<Site> {
  const database = await testDatabase()
  const { origin, stop } = await startSite({ DATABASE_URL: database.url, ...settings }, folder)
  afterAll(stop)

  const ask = async (path: string, visitor: Visitor | undefined, init: RequestInit = {}) => {
    const headers = new Headers({ cookie: visitor?.cookie ?? '', origin })
    new Headers(init.headers).forEach((value, name) => {
      headers.set(name, value)
    })
    const response = await fetch(origin + path, { redirect: 'manual', ...init, headers })
    visitor?.keep(response)
    return response
  }
  const post: Site['post'] = (action, fields, visitor, page = '/') => {
    const query = `${page.includes('?') ? '&' : '?'}_action=${action}`
    return ask(page + query, visitor, { method: 'POST', body: formOf(fields) })
  }
  return {
    ...database,
    origin,
    get: ask,
    post,
    async visitor(signIn) {
      const visitor = new Visitor()
      if (!signIn) return visitor
      const answer = await post(
        'people.signIn',
        { name: signIn.handle, password: signIn.password },
        visitor,
        '/sign-in',
      )
      if (answer.status !== 303) throw new Error(`@${signIn.handle} could not sign in: ${answer.status}`)
      return visitor
    },
  }
}

function formOf(fields: Fields): URLSearchParams {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one)
  return form
}

/** Starts the site and waits until it says that it is ready. */
async function startSite(settings: Record<string, string>, folder: string) {
  const site = spawn(process.execPath, [...nodeFlags, 'src/serve/main.ts'], {
    cwd: folder,
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  const origin = await new Promise<string>((resolve, reject) => {
    site.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const ready = /ready at (http:\S+)/.exec(said)?.[1]
      if (ready) resolve(ready)
    })
    site.once('exit', code => reject(new Error(`The site stopped with ${code} before it was ready: ${said}`)))
  })
  const stop = async () => {
    site.kill('SIGTERM')
    await once(site, 'exit')
  }
  return { origin, stop }
}
