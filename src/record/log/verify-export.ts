import { createReadStream } from 'node:fs'
import type { z } from 'zod'
import { Broken, Chain } from './check-entries.ts'
import { Heads } from './check-heads.ts'
import { canonical } from './entry.ts'
import { Erasures } from './erasures.ts'
import * as lines from './export.ts'
import { type Head, openHead } from './head.ts'
import { readKey, type VerifierKey } from './note.ts'
import { linesOf, type ReadLine } from './read-lines.ts'

/** What came of checking an export. */
export type Verdict =
  | {
      ok: true
      origin: string
      entries: number
      heads: number
      /** How many entries the last signed head covers; what comes after, nobody has vouched for yet. */
      signed: number
      /** The root over all entries, in hexadecimal. */
      root: string
      keys: string[]
      /** Whether the keys were given by whoever checks, and not only by the export itself. */
      pinned: boolean
      /** Of how many entries something was erased. */
      erased: number
    }
  | { ok: false; line: number; entry: number | null; head: number | null; problem: string }

export interface Expectations {
  /** The only keys to trust, as written in `/record`. By default those that the export names. */
  keys?: readonly string[]
  /** A head that was noted down elsewhere: the signed note. */
  head?: string | undefined
}

/**
 * Checks an export of the record by itself: the form of every line, the chain, every digest and what accounts for
 * those that are missing, the tree under every signed head, and the signatures. It needs neither the site nor its
 * database nor any setting, and holds no more than a line and a few hashes at a time.
 */
export async function verifyExport(
  bytes: AsyncIterable<Uint8Array>,
  expected: Expectations = {},
): Promise<Verdict> {
  const check = new Check(expected)
  let line = 0
  try {
    for await (const read of linesOf(bytes)) {
      line++
      check.take(read)
    }
    line++
    return check.end()
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    const { entry, head, message } = error
    return { ok: false, line, entry: entry ?? (head === null ? check.entry : null), head, problem: message }
  }
}

/** The same of a file. */
export const verifyFile = (file: string, expected: Expectations = {}): Promise<Verdict> =>
  verifyExport(createReadStream(file), expected)

class Check {
  readonly #expected: Expectations
  #first: { told: lines.FirstLine; chain: Chain; heads: Heads; erasures: Erasures | null } | undefined
  #ended = false
  /** The entry that the line at hand is, or has to be by its place and by its looks. */
  entry: number | null = null

  constructor(expected: Expectations) {
    this.#expected = expected
  }

  take(line: ReadLine): void {
    this.entry = this.#first && looksLikeEntry(line.text) ? this.#first.chain.length + 1 : null
    const value = read(line)
    if (this.#ended) throw new Broken('Something stands after the last line.')
    if (!this.#first) this.#begin(fit(lines.firstLine, value, 'This is not an export of a record.'))
    else if ('end' in value) this.#last(fit(lines.lastLine, value, 'The last line has not its form.'))
    else if ('head' in value)
      this.#first.heads.take(fit(lines.headLine, value, 'A signed head has not its form.').head)
    else {
      const { chain, heads } = this.#first
      this.entry = chain.length + 1
      heads.grow(chain.take(entryLineFrom(value)))
    }
  }

  #begin(told: lines.FirstLine): void {
    const keys = keysFrom(told.keys)
    const trusted = this.#expected.keys ? keysFrom(this.#expected.keys) : keys
    const erasures = told.public ? null : new Erasures()
    const heads = new Heads(trusted, this.#held(trusted))
    this.#first = { told, chain: new Chain(erasures), heads, erasures }
  }

  #held(keys: readonly VerifierKey[]): Head | undefined {
    if (this.#expected.head === undefined) return undefined
    const opened = openHead(this.#expected.head, keys)
    if ('head' in opened) return opened.head
    throw new Broken(`The head that you hold can’t be trusted. ${opened.problem}`)
  }

  #last({ entries, heads }: z.output<typeof lines.lastLine>): void {
    const first = this.#first!
    if (first.chain.length !== entries)
      throw new Broken(`The export says that it has ${entries} entries, and it has ${first.chain.length}.`)
    if (first.heads.count !== heads)
      throw new Broken(`The export says that it has ${heads} signed heads, and it has ${first.heads.count}.`)
    this.#ended = true
  }

  end(): Verdict {
    this.entry = null
    if (!this.#first || !this.#ended) throw new Broken('The export is cut short: its last line is missing.')
    const { told, chain, heads, erasures } = this.#first
    heads.end()
    const missing = erasures?.firstDisagreement()
    if (missing) throw new Broken(missing.problem, { entry: missing.entry })
    if (!heads.latest && chain.length > 0)
      throw new Broken('Nobody vouches for these entries: there is no signed head among them.')
    if (told.keys.join() !== [...heads.used].join())
      throw new Broken('The keys that it names are not those that signed its heads, in their order.')
    if (heads.latest && heads.latest.origin !== told.origin)
      throw new Broken(
        `It says that it is of ${told.origin}, and its last head is of ${heads.latest.origin}.`,
      )
    return {
      ...{ ok: true, origin: told.origin, entries: chain.length, heads: heads.count },
      ...{ signed: heads.latest?.size ?? 0, root: heads.root.toString('hex'), keys: told.keys },
      ...{ pinned: this.#expected.keys !== undefined, erased: erasures?.entries ?? 0 },
    }
  }
}

/** Whether a line that can't be read was an entry, by any of the names that each has. */
const looksLikeEntry = (text: string): boolean =>
  /"(commitments|criteria|disclosures|entry|leaf|previousHash)":/.test(text)

/** A line's object. Only one text can say it, so that no letter of a line can be changed for nothing. */
function read({ text, problem }: ReadLine): object {
  if (problem) throw new Broken(problem)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Broken('This line is not JSON.')
  }
  if (typeof value !== 'object' || value === null) throw new Broken('This line is not a JSON object.')
  if (sameText(value) !== text) throw new Broken('This line is not written as it must be: as canonical JSON.')
  return value
}

/** The canonical JSON of a value; null where it has none, as with half of a pair of surrogates. */
function sameText(value: object): string | null {
  try {
    return canonical(value)
  } catch {
    return null
  }
}

function entryLineFrom(value: object): lines.AnyEntryLine {
  const problem = 'This is not an entry in its form.'
  if (!('format' in value)) return fit(lines.entryLine, value, problem)
  return 'entry' in value ? fit(lines.oldEntryLine, value, problem) : fit(lines.withheldLine, value, problem)
}

function fit<S extends z.ZodType>(schema: S, value: object, problem: string): z.output<S> {
  const { data, error } = schema.safeParse(value)
  if (!error) return data
  const [issue] = error.issues
  throw new Broken(`${problem} ${issue!.path.join('.')}: ${issue!.message}`)
}

function keysFrom(texts: readonly string[]): VerifierKey[] {
  return texts.map(text => {
    const key = readKey(text)
    if (!key) throw new Broken(`This is not a key that can be checked with: ${text.slice(0, 200)}`)
    return key
  })
}
