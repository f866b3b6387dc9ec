import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

/** Rooms that every room may know; the others meet only in pages, actions, jobs and commands. */
const ground = ['people', 'record', 'authoring', 'keys']
const surface = ['pages', 'actions', 'jobs', 'cli', 'serve']

interface Import {
  file: string
  from: string
  /** Erased when the code runs: a name for a shape, which binds nothing. */
  typeOnly: boolean
}

const files = globSync(['src/**/*.{ts,astro}', 'db/**/*.ts'])
const imports: Import[] = files.flatMap(importsOf)

function importsOf(file: string): Import[] {
  const statements = readFileSync(file, 'utf8').matchAll(/^import\s+(type\s)?[^'"]*?['"]([^'"]+)['"]/gms)
  return [...statements].map(([, type, from = '']) => ({
    file,
    from: from.startsWith('.') ? relative('.', join(dirname(file), from)) : from,
    typeOnly: type !== undefined,
  }))
}

/** The first folder below src: a room, or a part of the surface. */
const placeOf = (path: string) => (path.startsWith('src/') ? (path.split('/')[1] ?? '') : '')
const isRoom = (path: string) =>
  /^src\/[^/]+\//.test(path) && !surface.includes(placeOf(path)) && placeOf(path) !== 'layout'

const breaking = (rule: (one: Import) => boolean) =>
  imports.filter(rule).map(({ file, from }) => `${file} imports ${from}`)

test('the files are found', () => {
  expect(files.length).toBeGreaterThan(50)
  expect(imports.length).toBeGreaterThan(100)
})

test('rooms know nothing of pages, actions, jobs or commands: pass what they need as an argument', () => {
  expect(
    breaking(
      ({ file, from }) =>
        file.startsWith('src/') && isRoom(file) && file.endsWith('.ts') && surface.includes(placeOf(from)),
    ),
  ).toEqual([])
})

test('the rules of a room run in a plain test: only pages, actions and components import astro', () => {
  expect(
    breaking(
      ({ file, from, typeOnly }) =>
        isRoom(file) &&
        file.endsWith('.ts') &&
        !typeOnly &&
        /^astro(:|$|\/)/.test(from) &&
        !file.endsWith('integration.ts'),
    ),
  ).toEqual([])
})

test('the ground rooms stand on the database alone: people, record, authoring and keys import no other room’s verbs', () => {
  expect(
    breaking(
      ({ file, from, typeOnly }) =>
        ground.includes(placeOf(file)) &&
        file.endsWith('.ts') &&
        isRoom(from) &&
        !ground.includes(placeOf(from)) &&
        !typeOnly &&
        // Schemas of content live with their nouns, and the reader of content gathers them.
        !(
          placeOf(file) === 'authoring' &&
          !imports.some(one => one.file === from && /^(db\/client|drizzle-orm)/.test(one.from))
        ),
    ),
  ).toEqual([])
})

test('the database knows nothing of the site but the shapes of what it keeps', () => {
  expect(
    breaking(
      ({ file, from, typeOnly }) =>
        /^db\/(schema|client|migrate)/.test(file) &&
        from.startsWith('src/') &&
        from !== 'src/env.ts' &&
        !typeOnly,
    ),
  ).toEqual([])
})

test('only src/people/session.ts knows Lucia, so that leaving it changes one file', () => {
  expect(breaking(({ file, from }) => from === 'lucia' && file !== 'src/people/session.ts')).toEqual([])
})

test('only src/env.ts reads the environment, so that a bad setting stops the start with one sentence', () => {
  const readers = files.filter(
    file => file !== 'src/env.ts' && /process\.env\b/.test(readFileSync(file, 'utf8')),
  )
  expect(readers.filter(file => !file.startsWith('db/embedded'))).toEqual([])
})

test('pages hold no SQL and never write: ask a room, or an action', () => {
  expect(
    breaking(
      ({ file, from }) =>
        file.startsWith('src/pages/') && (from.startsWith('drizzle-orm') || from.startsWith('db/schema')),
    ),
  ).toEqual([])
  const writers = files.filter(
    file =>
      file.startsWith('src/pages/') &&
      !file.startsWith('src/pages/api/') &&
      readFileSync(file, 'utf8').includes('.transaction('),
  )
  expect(writers).toEqual([])
})

test('nothing is inline that the Content-Security-Policy would refuse', () => {
  const guilty = files.filter(file => {
    if (!file.endsWith('.astro')) return false
    const text = readFileSync(file, 'utf8')
    return /\sstyle=|\son[a-z]+=["{]|hx-on|hx-vals=["']js:|is:inline/.test(text)
  })
  expect(guilty).toEqual([])
})

test('whether a certificate holds is said in one place: whoever asks for certificates takes it from src/people/in-force.ts', () => {
  const said = files.filter(file =>
    /expires_?on\s*(>=|<=?)\s*\(?now|gte?\(certificate\.expiresOn|\bexpires_on is null/i.test(
      readFileSync(file, 'utf8'),
    ),
  )
  // The other asks for a day that is over, by what the record said until then.
  expect(said.toSorted()).toEqual(['src/badges/as-of/as-it-stood.ts', 'src/people/in-force.ts'])

  // These ask for what the others must not see: all there ever were, those that have run out, and those of another day.
  const ofAnother = [
    ...['src/record/agreement.ts', 'src/badges/lapse.ts'],
    ...['src/badges/as-of/as-it-stood.ts', 'src/badges/disputes/sources.ts'],
    ...['src/own/holdings.ts', 'src/own/erasing/certificates.ts', 'src/own/copying/everything.ts'],
  ]
  const asking = files.filter(file =>
    /\b(from|join) certificate\b/.test(readFileSync(file, 'utf8').replaceAll(/^\s*(\*|\/\/).*$/gm, '')),
  )
  const taking = imports.filter(({ from }) => from === 'src/people/in-force.ts').map(({ file }) => file)
  expect(asking.filter(file => !taking.includes(file) && !ofAnother.includes(file))).toEqual([])
  expect(asking.length).toBeGreaterThan(10)
})

test('whoever verifies the record trusts nothing of the site: what verifies it knows no other folder, nor the database', () => {
  const outside = breaking(
    ({ file, from }) =>
      file.startsWith('src/record/log/') &&
      !from.startsWith('src/record/log/') &&
      !['node:crypto', 'node:fs', 'canonicalize', 'zod'].includes(from),
  )
  expect(outside).toEqual([])
  expect(imports.filter(({ file }) => file === 'src/record/log/verify-export.ts').length).toBeGreaterThan(5)
})
