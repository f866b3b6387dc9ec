import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { joinEmbedded } from '../../db/embedded.ts'

const here = fileURLToPath(new URL('../../', import.meta.url))

/** Blank counts as unset, so nothing of the developer's own .env reaches the site. */
const noSettings = {
  HOST: '',
  DATABASE_URL: '',
  SMTP_URL: '',
  MAIL_FROM: '',
  SECRET: '',
  SIGNING_KEYS: '',
  SIGN_UP: '',
  WEBHOOK_PRIVATE: '',
  LOG_LEVEL: 'info',
}

/** A site started as `npm start` starts it, with a new DATA_DIR and a free port of its own. */
export class RunningSite {
  readonly origin: string
  readonly #settings: Record<string, string>
  readonly #folder: string
  readonly #code: string
  #process: ChildProcess | undefined
  #said = ''

  /** @param code where the site itself is: here, or a copy with other content */
  constructor(port: number, folder: string, settings: Record<string, string>, code = here) {
    this.origin = `http://localhost:${port}`
    this.#folder = folder
    this.#code = code
    this.#settings = {
      ...noSettings,
      PORT: String(port),
      ORIGIN: this.origin,
      DATA_DIR: join(folder, 'data'),
      ...settings,
    }
  }

  /** Where its data is; its PostgreSQL's process id stands in `postgres/postmaster.pid`. */
  get dataFolder(): string {
    return join(this.#folder, 'data')
  }

  /** All that it has said so far, its log and the mails in it included. */
  get said(): string {
    return this.#said
  }

  /** The latest link that it said, by a part of its path. @throws Error when it said none */
  link(part: string): string {
    const links = this.#said.match(/https?:\/\/[^\s"\\]+/g) ?? []
    const link = links.findLast(one => one.includes(part))
    if (!link) throw new Error(`The site said no link with ${part}. It said:\n${this.#said}`)
    return link
  }

  /** Starts it, for the first time or again, and waits until it is ready. */
  async start(...args: string[]): Promise<this> {
    const site = spawn(process.execPath, [join(this.#code, 'bin/start.mjs'), ...args], {
      env: { ...process.env, ...this.#settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process = site
    const from = this.#said.length
    await new Promise<void>((resolve, reject) => {
      const hear = (text: string) => {
        this.#said += text
        if (this.#said.slice(from).includes('Trellis is ready at ')) resolve()
      }
      for (const stream of [site.stdout, site.stderr]) stream.setEncoding('utf8').on('data', hear)
      site.once('exit', code => {
        reject(new Error(`The site ended with ${code} before it was ready. It said:\n${this.#said}`))
      })
    })
    return this
  }

  /** Ends it and starts it again, as an operator does who has taken new content. */
  async again(): Promise<void> {
    await this.#end('SIGTERM')
    await this.start()
  }

  /** Kills it as a power cut would; the database stays. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Stops it, and removes its data. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM')
    const leftRunning = existsSync(join(this.#folder, 'data/postgres/postmaster.pid'))
    if (leftRunning) await (await joinEmbedded(join(this.#folder, 'data'))).leave()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const site = this.#process
    this.#process = undefined
    if (site?.exitCode !== null || site.signalCode !== null) return
    site.kill(signal)
    await once(site, 'exit')
  }
}

/** Starts a site of one's own. Stop it when done. */
export const startTrellis = (settings: Record<string, string> = {}, ...args: string[]) =>
  startIn(here, settings, args)

/** The same of the site in another folder, which is built first, as `npm start` does. */
export const startCopy = (code: string, settings: Record<string, string> = {}) => startIn(code, settings, [])

async function startIn(code: string, settings: Record<string, string>, args: string[]): Promise<RunningSite> {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-site-'))
  // As root, PostgreSQL runs under another account, which must get in.
  await chmod(folder, 0o755)
  const site = new RunningSite(await freePort(), folder, settings, code)
  try {
    return await site.start(...args)
  } catch (error) {
    await site.stop()
    throw error
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
