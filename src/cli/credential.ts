import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { z } from 'zod'
import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { certificateHeld } from '../badges/certificates.ts'
import { env } from '../env.ts'
import { NotFound } from '../errors.ts'
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
