import { open, readFile, rename } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { db } from '../../db/client.ts'
import { Invalid, NotFound } from '../errors.ts'
import { exportRecord } from '../record/export.ts'
import { latestHead, signHead } from '../record/heads.ts'
import { type Verdict, verifyFile } from '../record/log/verify-export.ts'
import { proveCertificate, proveConsistency } from '../record/proofs.ts'
import { origin, siteSigner } from '../record/signer.ts'
import { type Verification, verifyRecord } from '../record/verify.ts'
import { type Answer, answers, type Options } from './command.ts'

export function recordCommands(program: Command): void {
  const record = program.command('record').description('the certification record')
  answers(
    record
      .command('verify [file]')
      .description('check the record here, or an export of one by itself, and name what is broken')
      .addOption(new Option('--key <key...>', 'with a file: the only keys to trust, as /record shows them'))
      .option('--head <file>', 'with a file: a signed head that you noted down earlier'),
    (options, [file]) => (file === undefined ? verify() : verifyOutside(file, options)),
    { database: ([file]) => file === undefined },
  )
  answers(
    record
      .command('export <file>')
      .description('write the record with its signed heads, for anybody to verify without us')
      .option('--public', 'leave out what is personal'),
    write,
  )
  answers(record.command('head').description('sign what is new, and show the latest signed head'), head)
  answers(
    record
      .command('prove <code>')
      .description('prove that a certificate is in the record')
      // A code may begin with a hyphen.
      .allowUnknownOption()
      .helpOption('--help'),
    prove,
  )
  answers(
    record
      .command('consistency <from> <to>')
      .description('prove that nothing of the first FROM entries changed'),
    consistency,
  )
}

async function verify(): Promise<Answer> {
  const verdict = await verifyRecord(db())
  return { json: verdict, words: verdict.ok ? whole(verdict) : brokenHere(verdict), code: verdict.ok ? 0 : 1 }
}

const whole = ({ entries, heads, signed, head }: Verification & { ok: true }) =>
  `The record is whole: ${entries} entries, of which ${signed} are under ${signedHeads(heads)}. Its root is ${head}.`

const brokenHere = ({ seq, size, problem }: Verification & { ok: false }) =>
  `${named(seq, size) ?? 'The record is not as it was'}: ${problem}`

const named = (entry: number | null, head: number | null): string | undefined => {
  if (entry !== null) return `Entry ${entry} is broken`
  return head === null ? undefined : `The signed head of ${head} entries does not hold`
}

/** Neither the site nor its database nor a setting has a say in this. */
async function verifyOutside(file: string, options: Options): Promise<Answer> {
  const keys = options.key as unknown as string[] | undefined
  const held = options.head === undefined ? undefined : await readNoted(options.head)
  try {
    const verdict = await verifyFile(file, { ...(keys && { keys }), head: held })
    return {
      json: verdict,
      words: verdict.ok ? wholeOutside(verdict) : brokenOutside(verdict),
      code: verdict.ok ? 0 : 1,
    }
  } catch (error) {
    throw unreachable(file, 'read', error)
  }
}

function wholeOutside({
  origin: of,
  entries,
  signed,
  heads,
  keys,
  pinned,
  erased,
  root,
}: Verdict & { ok: true }): string {
  const lines = [
    `The record of ${of} is whole: ${entries} entries, of which ${signed} are under ${signedHeads(heads)}.`,
    `Its root is ${root}.`,
  ]
  if (erased > 0) lines.push(`Of ${erased} entries something personal was erased, as the record itself says.`)
  if (signed < entries) lines.push(`Nobody has vouched for the last ${entries - signed} entries yet.`)
  if (!pinned && keys.length > 0)
    lines.push(
      `It names its own keys. Compare them with those that you know, or give them with --key:`,
      ...keys,
    )
  return lines.join('\n')
}

const brokenOutside = ({ line, entry, head: size, problem }: Verdict & { ok: false }) =>
  `${named(entry, size) ?? 'The export is broken'} (line ${line}): ${problem}`

async function readNoted(file: string): Promise<string> {
  try {
    // Copied from a page, it may have lost its last line break, or been given those of another system.
    return `${(await readFile(file, 'utf8')).replaceAll('\r\n', '\n').trimEnd()}\n`
  } catch (error) {
    throw unreachable(file, 'read', error)
  }
}

const unreachable = (file: string, done: 'read' | 'written', error: unknown): unknown =>
  error instanceof Error && 'syscall' in error && 'code' in error
    ? new Invalid({ '': `${file} can’t be ${done} (${String(error.code)}).` })
    : error

const signedHeads = (count: number) => `${count} signed ${count === 1 ? 'head' : 'heads'}`

async function write(options: Options, [file = '']: string[]): Promise<Answer> {
  // So that all of it is vouched for.
  await signHead(db(), siteSigner())
  const onlyPublic = options.public !== undefined
  try {
    const draft = `${file}.part`
    const counts = await writeTo(draft, line => exportRecord(db(), { origin: origin(), onlyPublic }, line))
    // An export that was cut short must not look like one.
    await rename(draft, file)
    const words = `Wrote ${counts.entries} entries and ${signedHeads(counts.heads)} to ${file}.`
    return { json: { file, ...counts }, words }
  } catch (error) {
    throw unreachable(file, 'written', error)
  }
}

async function writeTo<T>(
  file: string,
  work: (line: (text: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const target = await open(file, 'w', 0o600)
  try {
    return await work(text => target.appendFile(text))
  } finally {
    await target.close()
  }
}

async function head(): Promise<Answer> {
  const signed = (await signHead(db(), siteSigner())) ?? (await latestHead(db()))
  if (!signed) throw new NotFound('The record has no entries yet.')
  return { json: signed, words: signed.note.trimEnd() }
}

async function prove(_: Options, [code = '']: string[]): Promise<Answer> {
  await signHead(db(), siteSigner())
  const { tree, proofs } = await proveCertificate(db(), code)
  const words = proofs.map(
    ({ index, leaf, path }) =>
      `Entry ${index + 1} is in the record of ${tree.size} entries with the root ${tree.root}:\nleaf ${leaf}\n${path.map(hash => `path ${hash}`).join('\n')}`,
  )
  return { json: { tree, proofs }, words: words.join('\n') }
}

async function consistency(_: Options, sizes: string[]): Promise<Answer> {
  if (!sizes.every(size => /^[1-9]\d{0,14}$/.test(size)))
    throw new Invalid({ '': 'FROM and TO are whole numbers from 1.' })
  const { from, to, path } = await proveConsistency(db(), Number(sizes[0]), Number(sizes[1]))
  const words = `The ${to.size} entries under ${to.root} begin with the ${from.size} under ${from.root}:`
  return { json: { from, to, path }, words: [words, ...path.map(hash => `path ${hash}`)].join('\n') }
}
