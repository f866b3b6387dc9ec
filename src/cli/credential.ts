import { readFileSync, statSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { z } from 'zod'
import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { certificateHeld } from '../badges/certificates.ts'
import { failed, type Verification } from '../credentials/verifying/verification.ts'
import { outcomeWords, sentenceOf, verdictWords } from '../credentials/verifying/words.ts'
import { env } from '../env.ts'
import { Invalid, NotFound } from '../errors.ts'
import { allKeys } from '../keys/ring.ts'
import { type Answer, answers, type Options, readOptions } from './command.ts'
import { personNamed } from './find.ts'

const exportOptions = z.object({
  format: z.enum(['json', 'jwt', 'png', 'svg', 'pdf']),
  alg: z.enum(['EdDSA', 'ES256']).default('EdDSA'),
  out: z.string().min(1).max(4096),
})

export function credentialCommands(program: Command): void {
  const credential = program
    .command('credential')
    .description('certificates as Open Badges, for wallets and for paper')
  answers(
    credential
      .command('export <person> <badge>')
      .description('write the certificate that a person holds to a file')
      .requiredOption('--format <format>', 'json, jwt, png, svg or pdf')
      .option('--alg <algorithm>', 'how a token is signed: EdDSA or ES256')
      .requiredOption('--out <file>', 'the file to write'),
    exportCredential,
  )
  answers(
    credential
      .command('verify <file>')
      .description('check a PNG, an SVG, a JSON file or a token as /verify does, and name what does not hold')
      .option('--email <address>', 'check as well that it was made out to this address'),
    verifyFile,
  )
}

async function exportCredential(options: Options, [handle = '', badge = '']: string[]): Promise<Answer> {
  const { format, alg: algorithm, out } = readOptions(exportOptions, options)
  const person = await personNamed(db(), handle)
  const code = await certificateHeld(db(), person.id, badge)
  if (!code) throw new NotFound(`@${person.handle} has never held a badge “${badge}”.`)
  // What signs and draws takes a moment to load, which the other commands need not wait for.
  const { credentialFile } = await import('../credentials/files.ts')
  const bytes = await credentialFile(db(), content(), env.ORIGIN, { code, format, algorithm })
  writeFileSync(out, bytes)
  return {
    json: { file: out, format, code, bytes: bytes.length },
    words: `Wrote ${bytes.length.toLocaleString('en-GB')} bytes to ${out}.`,
  }
}

/** The most that is read of a file: bytes. */
const mostBytes = 5 * 1024 * 1024

async function verifyFile(options: Options, [path = '']: string[]): Promise<Answer> {
  const file = readUpTo(path)
  const { verifyCredential } = await import('../credentials/verifying/verify.ts')
  const { answerOf } = await import('../credentials/verifying/answer.ts')
  const around = { content: content(), origin: env.ORIGIN, keys: allKeys(), viewer: null }
  const verification = await verifyCredential(db(), { file, email: options.email }, around)
  const sound = verification.verdict === 'valid' && failed(verification).length === 0
  return {
    json: answerOf(verification, env.ORIGIN),
    words: inLines(verification),
    code: sound ? 0 : 1,
  }
}

function readUpTo(path: string): Uint8Array {
  try {
    if (statSync(path).size > mostBytes) throw new Invalid({ '': `${path} is larger than 5 MB.` })
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'syscall' in error && 'code' in error)
      throw new Invalid({ '': `${path} can’t be read (${String(error.code)}).` })
    throw error
  }
}

/** The verdict, and every check by its name; of what does not hold it says why. */
const inLines = (verification: Verification): string =>
  [
    `${verdictWords[verification.verdict].heading}. ${sentenceOf(verification)}`,
    ...verification.checks.map(
      ({ name, outcome, sentence }) => `${name}: ${outcomeWords[outcome].toLowerCase()}. ${sentence}`,
    ),
  ].join('\n')
