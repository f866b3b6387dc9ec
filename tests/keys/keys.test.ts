import { execFile } from 'node:child_process'
import { createPublicKey, verify as verifyBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect, promisify } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { algorithms, publicHalf, thumbprint } from '../../src/keys/key.ts'
import { multikey } from '../../src/keys/multikey.ts'

const run = promisify(execFile)
const words = Buffer.from('This certificate stands.')

/** The key ring of a new site. */
async function newRing() {
  const folder = mkdtempSync(join(tmpdir(), 'trellis-keys-'))
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })
  const file = join(folder, 'data/signing-keys.json')
  vi.stubEnv('SIGNING_KEYS', file)
  vi.resetModules()
  const [ring, signing, rotation] = await Promise.all([
    import('../../src/keys/ring.ts'),
    import('../../src/keys/sign.ts'),
    import('../../src/keys/rotate.ts'),
  ])
  return { file, ...ring, ...signing, ...rotation }
}

/** `trellis keys …` beside the site whose ring this is. */
async function trellisKeys(file: string, ...args: string[]) {
  const env = { ...process.env, SIGNING_KEYS: file }
  return run(process.execPath, ['src/cli/main.ts', 'keys', ...args], { env })
}

test('a new site has a key of each kind, which its owner alone may read', async () => {
  const { allKeys, ensureKeys, file } = await newRing()
  ensureKeys()
  expect(allKeys().map(({ algorithm, retiredAt }) => [algorithm, retiredAt])).toEqual([
    ['Ed25519', null],
    ['P-256', null],
  ])
  expect(allKeys()[0]!.id).toMatch(/^z6Mk/)
  expect(allKeys()[1]!.id).toMatch(/^zDna/)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('two processes that start at once have the same keys', async () => {
  const { file } = await newRing()
  const both = await Promise.all([trellisKeys(file, 'list', '--json'), trellisKeys(file, 'list', '--json')])
  expect(both[0].stdout).toBe(both[1].stdout)
  expect(JSON.parse(both[0].stdout)).toMatchObject({
    keys: [{ algorithm: 'Ed25519' }, { algorithm: 'P-256' }],
  })
})

test.each(algorithms)(
  'what is signed with %s, anybody can verify with its public JWK, and nothing else',
  async algorithm => {
    const { currentKey, sign, verifies } = await newRing()
    const key = currentKey(algorithm)
    const signature = sign(key, words)
    expect(signature).toHaveLength(64)
    expect(verifies(key, words, signature)).toBe(true)
    expect(verifies(key, Buffer.from('This certificate stands!'), signature)).toBe(false)

    const outside = createPublicKey({ key: { ...key.jwk }, format: 'jwk' })
    const hash = algorithm === 'Ed25519' ? null : 'sha256'
    expect(verifyBytes(hash, words, { key: outside, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true)
  },
)

test('after a rotation from a command, a site that runs signs with new keys, and what it signed before still verifies', async () => {
  const { allKeys, currentKey, file, keyWithId, sign, verifies } = await newRing()
  const before = currentKey('Ed25519')
  const signature = sign(before, words)

  const { stdout } = await trellisKeys(file, 'rotate', '--json')
  const [made] = (JSON.parse(stdout) as { keys: { id: string }[] }).keys
  expect(currentKey('Ed25519').id).toBe(made!.id)
  expect(made!.id).not.toBe(before.id)
  expect(allKeys()).toHaveLength(4)
  expect(keyWithId(before.id)!.retiredAt).toBeInstanceOf(Date)
  expect(verifies(keyWithId(before.id)!, words, signature)).toBe(true)
  expect(() => sign(before, words)).toThrow('A retired key signs nothing any more.')
})

test('the private half of a retired key is gone from the file', async () => {
  const { ensureKeys, file, rotateKeys } = await newRing()
  ensureKeys()
  const privateHalves = () =>
    [...readFileSync(file, 'utf8').matchAll(/"d": "([\w-]{43})"/g)].map(([, d]) => d!)
  const old = privateHalves()
  rotateKeys()
  expect(privateHalves()).toHaveLength(2)
  for (const half of old) expect(readFileSync(file, 'utf8')).not.toContain(half)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('no private half is printed, be it by a command, by a log or by a look at a key', async () => {
  const { allKeys, file, privateKey } = await newRing()
  const shown = [
    JSON.stringify(allKeys()),
    inspect(allKeys(), { depth: 9 }),
    inspect(privateKey(allKeys()[0]!), { depth: 9, showHidden: true }),
    (await trellisKeys(file, 'list')).stdout,
    (await trellisKeys(file, 'rotate', '--json')).stdout,
  ].join()
  for (const [, half] of readFileSync(file, 'utf8').matchAll(/"d": "([\w-]{43})"/g))
    expect(shown).not.toContain(half!)
  expect(shown).not.toMatch(/"?\bd"?: ?['"]/)
})

test('a rotation that another is in the way of says so and changes nothing', async () => {
  const { ensureKeys, file, rotateKeys } = await newRing()
  ensureKeys()
  const before = readFileSync(file, 'utf8')
  writeFileSync(`${file}.lock`, '')
  expect(() => rotateKeys()).toThrow('The keys are being rotated already.')
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test.each(['', '{', '{"keys":[{"d":"nobody may see this"}]}', '{"keys":[]}'])(
  'a file of keys that holds %j is one sentence, which quotes nothing of it',
  async text => {
    const { ensureKeys, file } = await newRing()
    ensureKeys()
    writeFileSync(file, text)
    expect(ensureKeys).toThrow(/^The file of the signing keys, .+\.json, can’t|^\S+\.json has no Ed25519 key/)
    expect(ensureKeys).not.toThrow('nobody')
  },
)

test('keys have the public names that published test vectors give them', () => {
  // The key of RFC 8037, appendix A, with its thumbprint; in multibase as the test vectors of did:key have it.
  const ed25519 = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const
  expect(thumbprint(ed25519)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
  expect(multikey(publicHalf({ jwk: ed25519 }))).toBe('z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw')

  // From the test vectors of did:key, nist-curves.json.
  const [x, y] = [
    'igrFmi0whuihKnj9R3Om1SoMph72wUGeFaBbzG2vzns',
    'efsX5b10x8yjyrj4ny3pGfLcY7Xby1KzgqOdqnsrJIM',
  ]
  const p256 = publicHalf({ jwk: { kty: 'EC', crv: 'P-256', x, y } })
  expect(multikey(p256)).toBe('zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv')
})
