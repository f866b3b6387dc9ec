import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical, hashesOf } from '../../../src/record/log/entry.ts'
import type { AnyEntryLine, EntryLine } from '../../../src/record/log/export.ts'
import { GrowingTree } from '../../../src/record/log/growing-tree.ts'
import { headInWords, readHead } from '../../../src/record/log/head.ts'
import { keyInWords, noteOf, readNote, type VerifierKey, verifierKey } from '../../../src/record/log/note.ts'
import { type Expectations, type Verdict, verifyExport } from '../../../src/record/log/verify-export.ts'
import { addAdmin, addTrainee } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { eraseFromRecord } from '../../../src/record/erase.ts'
import { decide, exported, signNow } from '../decisions.ts'

const { db } = await testDatabase()
const people = [await addTrainee(db), await addTrainee(db), await addTrainee(db)]
const admin = await addAdmin(db)

for (const more of [1, 6, 1, 5]) {
  await decide(db, people, admin, more)
  await signNow(db)
}
await db.transaction(tx => eraseFromRecord(tx, people[2]!.id, admin))
await decide(db, people.slice(0, 2), admin, 2)
await signNow(db)
const [whole, open] = [await exported(db), await exported(db, true)]
/** Sixteen entries in all, five heads. */
const length = 16

const verify = (text: string | Uint8Array, expected: Expectations = {}): Promise<Verdict> =>
  verifyExport(inChunks(Buffer.from(text)), expected)

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve()
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
}

const verifyLines = (lines: readonly string[], expected: Expectations = {}) =>
  verify(lines.join(''), expected)

/** What each line is: the number of an entry, `head`, or null for the first and the last. */
const kinds = whole.map(line => {
  const value = JSON.parse(line) as { entry?: { seq: number }; head?: string }
  return value.entry?.seq ?? (value.head === undefined ? null : 'head')
})
const lineOf = (seq: number) => kinds.indexOf(seq)
const headOf = (size: number) => lineOf(size) + 1

test('an export as it was written is whole, with and without what is personal', async () => {
  const key = (JSON.parse(whole[0]!) as { keys: string[] }).keys[0]!
  const verdict = {
    ok: true,
    entries: length,
    heads: 5,
    signed: length,
    origin: 'localhost:4321',
    pinned: false,
  }
  expect(await verifyLines(whole)).toMatchObject({ ...verdict, erased: 5, keys: [key] })
  expect(await verifyLines(open)).toMatchObject({ ...verdict, erased: 0 })
  expect(await verifyLines(whole, { keys: [key] })).toMatchObject({ ...verdict, pinned: true })
})

test('what is public has nothing of anybody in it', () => {
  const text = open.join('')
  for (const said of ['Because', 'standing":{', 'salt', 'code":', 'personId'])
    expect(text).not.toContain(said)
  expect(text).toContain('badge-1')
})

describe('a byte that is changed', () => {
  const bytes = Buffer.from(whole.join(''))
  const starts = whole.map((_, nth) => Buffer.byteLength(whole.slice(0, nth).join('')))

  /** Changes the byte at `at`, and finds that the verdict names its line. */
  async function change(at: number, to: number): Promise<void> {
    if (bytes[at] === to) return
    const forged = Buffer.from(bytes)
    forged[at] = to
    const verdict = await verify(forged)
    const line = starts.findLastIndex(start => start <= at)
    const where = `byte ${at} of line ${line + 1} from ${bytes[at]} to ${to}: ${JSON.stringify(verdict)}`
    if (verdict.ok) expect.fail(where)
    if (line === 0 || kinds[line] === null) return
    if (kinds[line] === 'head') expect(verdict.line, where).toBe(line + 1)
    // A line break in the middle leaves too little of the first half to know what it was.
    else if (to === 10) expect(verdict.line, where).toBe(line + 1)
    else expect([verdict.entry, verdict.line], where).toEqual([kinds[line], line + 1])
  }

  test('anywhere in an entry, a head or the first line is found, and its line is named', async () => {
    // Every byte of the shortest entry, of a head and of the lines around; in all others some.
    const closely = [0, lineOf(4), headOf(7), whole.length - 1]
    for (const line of closely)
      for (let at = starts[line]!; at < (starts[line + 1] ?? bytes.length); at++)
        await change(at, bytes[at]! ^ 1)
  }, 120_000)

  test('to anything, wherever it is, is found, and its line is named', async () => {
    await fc.assert(fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), change), {
      numRuns: 3000,
    })
  }, 120_000)

  test('or left out, or added, is found', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), async (at, more) => {
        const [before, rest] = [bytes.subarray(0, at), bytes.subarray(at)]
        expect(await verify(Buffer.concat([before, rest.subarray(1)]))).toMatchObject({ ok: false })
        expect(await verify(Buffer.concat([before, Uint8Array.of(more), rest]))).toMatchObject({ ok: false })
      }),
      { numRuns: 300 },
    )
  }, 120_000)

  test('an export that is cut short anywhere is found', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), async to => {
        expect(await verify(bytes.subarray(0, to))).toMatchObject({ ok: false })
      }),
      { numRuns: 300 },
    )
    expect(await verify('')).toEqual({
      ...{ ok: false, line: 1, entry: null, head: null },
      problem: 'The export is cut short: its last line is missing.',
    })
  }, 60_000)
})

describe('lines that are', () => {
  test('left out, doubled or swapped are found, and the entry is named', async () => {
    for (let seq = 1; seq <= length; seq++) {
      const line = lineOf(seq)
      expect(await verifyLines(whole.toSpliced(line, 1))).toMatchObject({
        ...{ ok: false },
        ...(headsFollow(seq) ? { head: seq } : { entry: seq }),
      })
      expect(await verifyLines(whole.toSpliced(line, 0, whole[line]!))).toMatchObject({
        ...{ ok: false, entry: seq + 1 },
      })
      if (seq === length) continue
      const swapped = whole.with(line, whole[lineOf(seq + 1)]!).with(lineOf(seq + 1), whole[line]!)
      expect(await verifyLines(swapped)).toMatchObject({ ok: false, entry: seq })
    }
  })

  test('in any other order are found', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...whole.keys()], { minLength: 1 }), async order => {
        const lines = order.map(nth => whole[nth]!)
        fc.pre(lines.join('') !== whole.join(''))
        expect(await verifyLines(lines)).toMatchObject({ ok: false })
      }),
      { numRuns: 300 },
    )
  })

  test('heads may not be left out, nor moved', async () => {
    for (const [nth, kind] of kinds.entries()) {
      if (kind !== 'head') continue
      expect(await verifyLines(whole.toSpliced(nth, 1))).toMatchObject({ ok: false })
      const later = whole.toSpliced(nth, 1).toSpliced(nth + 1, 0, whole[nth]!)
      expect(await verifyLines(later)).toMatchObject({ ok: false, line: expect.any(Number) as number })
    }
  })
})

describe('whoever forges an entry', () => {
  const forge = (line: EntryLine): EntryLine => ({ ...line, entry: { ...line.entry, badge: 'ambassador' } })

  test('and its hash is found by the entry after it, and both are named', async () => {
    for (let seq = 1; seq < length; seq++) {
      const forged = changed(whole, seq, line => rehashed(forge(line)))
      expect(await verifyLines(forged)).toMatchObject({
        ...{ ok: false },
        ...(headsFollow(seq) ? { head: seq } : { entry: seq + 1 }),
      })
    }
  })

  test('and every hash after it is found by what was signed, which says between which entries', async () => {
    for (let seq = 1; seq <= length; seq++) {
      const sizes = [1, 7, 8, 13, 16]
      const size = sizes.find(one => one >= seq)!
      const from = (sizes[sizes.indexOf(size) - 1] ?? 0) + 1
      const which = from === size ? `entry ${size}` : `an entry from ${from} to ${size}`
      expect(await verifyLines(rechained(changed(whole, seq, forge)))).toMatchObject({
        ...{ ok: false, head: size, line: headOf(size) + 1 },
        problem: expect.stringContaining(which) as string,
      })
    }
  })

  test('and signs it all anew with a key of their own is found by whoever knows the key', async () => {
    const own = ownKey('localhost:4321')
    const forged = resigned(rechained(changed(whole, 9, forge)), own)
    const { keys } = JSON.parse(whole[0]!) as { keys: string[] }
    expect(await verifyLines(forged)).toMatchObject({ ok: true, pinned: false })
    expect(await verifyLines(forged, { keys })).toMatchObject({
      ...{ ok: false, head: 1 },
      problem: 'No key that is trusted here has signed it.',
    })
  })

  test('and has the site’s own key is found by whoever noted down a head', async () => {
    const own = ownKey('localhost:4321')
    const [before, forged] = [resigned(whole, own), resigned(rechained(changed(whole, 9, forge)), own)]
    const head = (JSON.parse(before[headOf(13)]!) as { head: string }).head
    expect(await verifyLines(before, { head })).toMatchObject({ ok: true })
    expect(await verifyLines(forged, { head })).toMatchObject({
      ...{ ok: false, head: 13, entry: null },
      problem: expect.stringContaining('is a fork') as string,
    })
    // Without what is personal, for what was erased of it was erased after that.
    const shorter = [...resigned(open, own).slice(0, headOf(8) + 1), lastLine(8, 3)]
    expect(await verifyLines(shorter)).toMatchObject({ ok: true, entries: 8 })
    expect(await verifyLines(shorter, { head })).toMatchObject({
      ...{ ok: false, head: 13 },
      problem: expect.stringContaining('entries were taken off the end') as string,
    })
    // A head that nobody whom one trusts has signed proves nothing.
    const { head: foreign } = JSON.parse(whole[headOf(13)]!) as { head: string }
    expect(await verifyLines(before, { head: foreign })).toMatchObject({
      ...{ ok: false, problem: expect.stringContaining('The head that you hold can’t be trusted') as string },
    })
  })

  test('or takes all signatures off is found', async () => {
    const bare = whole.filter((_, nth) => kinds[nth] !== 'head').with(-1, lastLine(length, 0))
    bare[0] = bare[0]!.replace(/"keys":\[[^\]]*\]/, '"keys":[]')
    expect(await verifyLines(bare)).toMatchObject({
      ...{ ok: false, problem: expect.stringContaining('there is no signed head') as string },
    })
  })

  test('or hides what it says of people is found, unless the record says that it was erased', async () => {
    for (const name of ['holder', 'actor', 'reason', 'standing']) {
      const without = ({ disclosures, ...line }: EntryLine): EntryLine => ({
        ...line,
        disclosures: Object.fromEntries(Object.entries(disclosures ?? {}).filter(([part]) => part !== name)),
      })
      expect(await verifyLines(changed(whole, 2, without))).toMatchObject({
        ...{ ok: false, entry: 2 },
        problem: `“${name}” is missing, and no erasure on the record accounts for it.`,
      })
    }
    const erasure = 14
    expect(await verifyLines(changed(whole, erasure, ({ disclosures: _, ...line }) => line))).toMatchObject({
      ...{ ok: false, entry: erasure },
    })
  })

  test('or calls it public while it is not, or the other way, is found', async () => {
    const called = (lines: string[], to: boolean) =>
      lines.with(0, lines[0]!.replace(`"public":${!to}`, `"public":${to}`))
    expect(await verifyLines(called(whole, true))).toMatchObject({ ok: false, entry: 1 })
    expect(await verifyLines(called(open, false))).toMatchObject({ ok: false, entry: 1 })
  })
})

test('the entries after the last head are told apart, for nobody has vouched for them', async () => {
  const end = headOf(13)
  const unsigned = whole.toSpliced(headOf(16), 1).with(-1, lastLine(length, 4))
  expect(kinds[end]).toBe('head')
  expect(await verifyLines(unsigned)).toMatchObject({ ok: true, entries: length, signed: 13 })
})

test.each([
  ['nothing but a line break', '\n'],
  ['a number', '1\n'],
  ['nested without end', `${'['.repeat(100_000)}\n`],
  ['a first line twice', whole[0]! + whole[0]!],
  ['not of ours', '{"trellis":"backup"}\n'],
  ['a key that is none', whole.join('').replace(/(\+[0-9a-f]{8}\+)\w/, '$1/')],
  ['with a byte order mark', `\ufeff${whole.join('')}`],
  ['with line breaks of Windows', whole.join('').replaceAll('\n', '\r\n')],
  ['with something after its end', `${whole.join('')}{}\n`],
  ['with half of a pair', whole.join('').replace('“so”', '\\ud83d')],
  ['with a name twice', whole.join('').replace('"format":2', '"format":2,"format":2')],
  ['with a name of the prototype', whole.join('').replace('"holder":[', '"__proto__":[')],
  ['with a number too large', whole.join('').replace('"seq":3', '"seq":1e999')],
])('a file that is %s is refused with a sentence', async (_, text) => {
  expect(await verify(text)).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/^[A-Z“].{20,}/) as string,
  })
})

// --- forging

function changed(lines: readonly string[], seq: number, how: (line: EntryLine) => AnyEntryLine): string[] {
  const nth = lineOf(seq)
  return lines.with(nth, `${canonical(how(JSON.parse(lines[nth]!) as EntryLine))}\n`)
}

const rehashed = (line: EntryLine): EntryLine => ({ ...line, hash: hashesOf(line.entry).hash })

/** Every entry with the hash of the one before it. */
function rechained(lines: readonly string[]): string[] {
  let previousHash = '0'.repeat(64)
  return lines.map((text, nth) => {
    if (typeof kinds[nth] !== 'number') return text
    const line = JSON.parse(text) as EntryLine
    const linked = rehashed({ ...line, entry: { ...line.entry, previousHash } })
    previousHash = linked.hash
    return `${canonical(linked)}\n`
  })
}

interface OwnKey {
  key: VerifierKey
  sign: (text: string) => Uint8Array
}

function ownKey(name: string): OwnKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = verifierKey(name, Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url'))
  return { key, sign: text => sign(null, Buffer.from(text), privateKey) }
}

/** Every head as it has to be over these entries, signed with this key. */
function resigned(lines: readonly string[], { key, sign: signed }: OwnKey): string[] {
  const tree = new GrowingTree()
  return lines.map((text, nth) => {
    if (nth === 0) return `${canonical({ ...(JSON.parse(text) as object), keys: [keyInWords(key)] })}\n`
    if (typeof kinds[nth] === 'number') {
      tree.append(hashesOf((JSON.parse(text) as EntryLine).entry).leaf)
      return text
    }
    if (kinds[nth] === null) return text
    const { origin } = readHead(readNote((JSON.parse(text) as { head: string }).head)!.text)!
    const said = headInWords({ origin, size: tree.size, root: tree.root() })
    return `${canonical({ head: noteOf(said, key, signed(said)) })}\n`
  })
}

const lastLine = (entries: number, heads: number) => `${canonical({ end: true, entries, heads })}\n`

const headsFollow = (seq: number) => kinds[lineOf(seq) + 1] === 'head'
