import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { keptOnce } from './kept-file.ts'

/** A setting can't be used. The message is the sentence to show, without a stack. */
export class BadSetting extends Error {
  override name = 'BadSetting'
}

const address = (...protocols: string[]) => z.string().refine(text => hasProtocol(text, protocols))

const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4321),
  // Only this machine, until someone decides otherwise: behind a proxy that is right, and a site tried out at
  // home is not handed to everyone on the same network.
  HOST: z.string().default('127.0.0.1'),
  ORIGIN: address('http:', 'https:')
    .transform(text => new URL(text).origin)
    .optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: address('postgres:', 'postgresql:').optional(),
  SMTP_URL: address('smtp:', 'smtps:').optional(),
  MAIL_FROM: z.string().includes('@').max(320).optional(),
  SECRET: z.string().min(16).optional(),
  SIGNING_KEYS: z.string().optional(),
  SIGN_UP: z.enum(['open', 'invitation']).default('open'),
  // Off, because without a proxy anybody could write the header themselves.
  TRUST_PROXY: z
    .enum(['0', '1'])
    .default('0')
    .transform(set => set === '1'),
  // Off, because it lets an admin have this machine ask addresses of the network around it.
  WEBHOOK_PRIVATE: z
    .enum(['0', '1'])
    .default('0')
    .transform(set => set === '1'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
})

type Name = keyof z.infer<typeof settings>

const names = Object.keys(settings.shape) as Name[]

const mustBe: Record<Name, string> = {
  PORT: 'a whole number from 0 to 65535',
  HOST: 'the address to listen on, such as 127.0.0.1',
  ORIGIN: 'the address people type, such as https://training.example.org',
  DATA_DIR: 'a folder',
  DATABASE_URL: 'an address such as postgres://user:password@host:5432/trellis',
  SMTP_URL: 'an address such as smtp://user:password@mail.example.org:587',
  MAIL_FROM: 'an e-mail address, with or without a name',
  SECRET: '16 characters or more',
  SIGNING_KEYS: 'a file',
  SIGN_UP: '"open" or "invitation"',
  TRUST_PROXY: '1 when a proxy in front of the site sets X-Forwarded-For, and otherwise 0',
  WEBHOOK_PRIVATE: '1 when webhooks may go to this machine and the inner network, and otherwise 0',
  LOG_LEVEL: 'one of silent, fatal, error, warn, info, debug, trace',
}

/** What may hold a password is never repeated on a terminal or in a log. */
const unspeakable: Name[] = ['DATABASE_URL', 'SMTP_URL', 'SECRET']

/** The settings of this process, read once. @throws BadSetting, one sentence for each that can't be used */
export const env = readSettings()

function readSettings() {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const given = Object.fromEntries(names.map(name => [name, process.env[name]?.trim() || undefined]))
  const { data, error } = settings.safeParse(given)
  if (!data)
    throw new BadSetting([...new Set(error.issues.map(issue => complaint(issue.path[0] as Name)))].join('\n'))
  const { DATABASE_URL: _, SECRET: __, ORIGIN = `http://localhost:${data.PORT}`, ...rest } = data
  const folder = resolve(data.DATA_DIR)
  return Object.freeze({
    ...rest,
    ORIGIN,
    DATA_DIR: folder,
    SIGNING_KEYS: data.SIGNING_KEYS ? resolve(data.SIGNING_KEYS) : join(folder, 'signing-keys.json'),
    MAIL_FROM: data.MAIL_FROM ?? `Trellis <no-reply@${new URL(ORIGIN).hostname}>`,
    /** Signs what must not be forged. Made at first use and kept in DATA_DIR when it is not set. */
    get SECRET() {
      return data.SECRET ?? (secret ??= keptSecret(folder))
    },
  })
}

function complaint(name: Name): string {
  const given = unspeakable.includes(name) ? 'what is set is not' : `it is "${process.env[name] ?? ''}"`
  return `${name} must be ${mustBe[name]}; ${given}.`
}

let secret: string | undefined

const keptSecret = (folder: string) =>
  keptOnce(join(folder, 'secret'), () => randomBytes(32).toString('base64url')).trim()

/** Where the database is, or undefined while nobody has said. */
export const givenDatabaseUrl = (): string | undefined => process.env.DATABASE_URL?.trim() || undefined

/**
 * Where the database is. Read from the environment at each call, because the built site holds its own copy of
 * this module, and hears of the embedded database only through the environment.
 * @throws BadSetting when there is none yet
 */
export function databaseUrl(): string {
  const url = givenDatabaseUrl()
  if (!url) throw new BadSetting('DATABASE_URL is not set, and the embedded database has not been started.')
  return url
}

/** Tells the rest of this process where the embedded database is. */
export function provideDatabaseUrl(url: string): void {
  process.env.DATABASE_URL = url
}

function hasProtocol(text: string, protocols: string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol)
}
