import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical, certificateDigest, digestOf, makeDisclosure } from '../../../src/record/log/entry.ts'
import { headInWords, openHead, readHead } from '../../../src/record/log/head.ts'
import { keyInWords, noteOf, openNote, readKey, readNote, verifierKey } from '../../../src/record/log/note.ts'

describe('canonical JSON', () => {
  // RFC 8785, 3.2.2 and 3.2.3.
  test('is what RFC 8785 shows of values and of names', () => {
    const values = `{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
      "literals": [null, true, false]
    }`
    expect(canonical(JSON.parse(values))).toBe(
      `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}`,
    )
    const names = `{
      "\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
      "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control", "\\u00f6": "Latin Small Letter O With Diaeresis"
    }`
    expect(Object.values(JSON.parse(canonical(JSON.parse(names))) as object).length).toBe(7)
    expect([...canonical(JSON.parse(names)).matchAll(/:"(\w+)/g)].map(([, word]) => word)).toEqual([
      'Carriage',
      'One',
      'Control',
      'Latin',
      'Euro',
      'Emoji',
      'Hebrew',
    ])
  })

  test('of what was read from canonical JSON is the same text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), value => {
        fc.pre(!/\\ud[89a-f]/i.test(JSON.stringify(value)))
        const text = canonical(value)
        expect(canonical(JSON.parse(text))).toBe(text)
      }),
    )
  })
})

describe('what is personal', () => {
  test('has another digest each time it is said, so that nobody can try values', () => {
    const digests = Array.from({ length: 100 }, () => digestOf('holder', makeDisclosure(17)))
    expect(new Set(digests).size).toBe(100)
    expect(makeDisclosure(17)[0]).toMatch(/^[\w-]{22}$/)
  })

  test('has the digest that a shell makes of it', () => {
    // printf '%s' '["0123456789abcdef","holder",17]' | sha256sum; printf '%s' abc | sha256sum
    expect(digestOf('holder', ['0123456789abcdef', 17])).toBe(
      '05962165aa42d36b6a7848452a9b75db7b6016a45739f24f567a5aedf698aae4',
    )
    expect(certificateDigest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

describe('a signed note', () => {
  // The example of c2sp.org/signed-note.
  const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
  const note =
    'This is an example message.\n\n' +
    '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n'
  const key = readKey(vkey)!

  test('verifies as its specification shows', () => {
    expect(keyInWords(key)).toBe(vkey)
    expect(openNote(note, [key])).toMatchObject({ text: 'This is an example message.\n' })
  })

  test('does not when a character of it is another, wherever it is', () => {
    for (let at = 0; at < note.length; at++) {
      const forged = note.slice(0, at) + (note[at] === 'A' ? 'B' : 'A') + note.slice(at + 1)
      expect(openNote(forged, [key]), forged).toHaveProperty('problem')
    }
  })

  test('nor when a character of the key is', () => {
    for (let at = 0; at < vkey.length; at++) {
      const forged = readKey(vkey.slice(0, at) + (vkey[at] === 'A' ? 'B' : 'A') + vkey.slice(at + 1))
      if (forged) expect(openNote(note, [forged])).toHaveProperty('problem')
    }
  })

  test('may have signatures of others, which nobody here knows', () => {
    const more = `${note}— example.com/witness ${Buffer.alloc(80, 7).toString('base64')}\n`
    expect(openNote(more, [key])).toMatchObject({ text: 'This is an example message.\n' })
    expect(openNote(more.replace(/— example.com\/foo.*\n/, ''), [key])).toHaveProperty('problem')
  })

  test.each([
    ['', 'nothing'],
    ['a\n', 'no signature'],
    ['a\n\n', 'no signature either'],
    ['a\n\n— x\n', 'half a signature'],
    ['a\n\n— x AAAAAAA\n', 'base64 that is not whole'],
    [`a\n\n${'— x AAAAAAA=\n'.repeat(101)}`, 'too many signatures'],
    ['a\0\n\n— x AAAAAAA=\n', 'a control character'],
  ])('%j is none, for it has %s', text => {
    expect(readNote(text)).toBeNull()
  })
})

describe('a head', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const bytes = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url')
  const signed = (text: string, name: string) =>
    noteOf(text, verifierKey(name, bytes), sign(null, Buffer.from(text), privateKey))
  const head = { origin: 'a.example', size: 12, root: Buffer.alloc(32, 3) }

  test('is read as it was written, and in no other way', () => {
    const text = headInWords(head)
    expect(readHead(text)).toEqual(head)
    for (const other of [
      text.replace('12', '012'),
      text.replace('12', '1.2e1'),
      text.replace('12', '-1'),
      `${text}more\n`,
      text.trimEnd(),
      text.replace('a.example', ''),
      text.replace('AwMD', 'AwM'),
      '',
    ])
      expect(readHead(other), other).toBeNull()
  })

  test('is signed by nobody for another site', () => {
    const keys = ['a.example', 'b.example'].map(name => verifierKey(name, bytes))
    expect(openHead(signed(headInWords(head), 'a.example'), keys)).toMatchObject({ head })
    expect(openHead(signed(headInWords(head), 'b.example'), keys)).toHaveProperty('problem')
    expect(openHead(signed('anything\n', 'a.example'), keys)).toHaveProperty('problem')
  })
})
