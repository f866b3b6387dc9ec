import { Command } from 'commander'
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { nodeFlags } from '../../../bin/handover.mjs'
import { checkContent } from '../../../src/authoring/check.ts'
import { questionCommands } from '../../../src/cli/questions.ts'
import { gift, moodleXml } from './samples.ts'

const main = resolve('src/cli/main.ts')

type Ended = { code: number; out: string; err: string }
type Told = { imported?: number; exported?: number; skipped?: object[]; encoding?: string; dryRun?: boolean }

/** The command as it ships, in a process of its own. */
const asShipped = (folder: string, args: string[]) =>
  new Promise<Ended>(done => {
    const settings = { cwd: folder, env: { LOG_LEVEL: 'silent' } }
    execFile(process.execPath, [...nodeFlags, main, ...args], settings, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })

/** The same in this process: to start another takes longer than all that it does. It reads no content of the site. */
async function here(folder: string, args: string[]): Promise<Ended> {
  const program = new Command('trellis')
  questionCommands(program)
  const [out, err] = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  const [from, exitCode] = [process.cwd(), process.exitCode]
  const said = (stream: typeof out) => stream.mock.calls.map(([text]) => String(text)).join('')
  for (const stream of [out, err]) stream.mockReturnValue(true)
  process.chdir(folder)
  try {
    await program.parseAsync(args, { from: 'user' })
    return { code: Number(process.exitCode), out: said(out), err: said(err) }
  } finally {
    process.chdir(from)
    process.exitCode = exitCode
    for (const stream of [out, err]) stream.mockRestore()
  }
}

/** A folder with a copy of the content in it, and `trellis` run there. */
function author(run = here) {
  const folder = mkdtempSync(join(tmpdir(), 'trellis-exchange-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  cpSync('content', join(folder, 'content'), { recursive: true })
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return name
  }
  const trellis = (...args: string[]) => run(folder, args)
  const json = async (...args: string[]) => {
    const { code, out } = await trellis(...args, '--json')
    return { code, ...(JSON.parse(out) as Told) }
  }
  const quiz = join(folder, 'content/courses/moderator-training/quizzes/the-moderators-job.yaml')
  return { folder, file, trellis, json, quiz }
}

const into = (format: string) => [
  '--format',
  format,
  '--course',
  'moderator-training',
  '--module',
  'the-moderators-job',
]

test('an author imports a file, and what stood in the quiz stands there letter for letter', async () => {
  const { file, json, quiz, folder } = author(asShipped)
  const before = `# Written with care.\n${readFileSync(quiz, 'utf8')}# The end.\n`
  writeFileSync(quiz, before)
  const told = await json('import', file('grant.txt', gift), ...into('gift'))
  expect(told).toMatchObject({ code: 0, imported: 10, encoding: 'utf-8', dryRun: false })
  expect(told.skipped).toHaveLength(3)
  for (const skip of told.skipped ?? []) expect(Object.keys(skip)).toEqual(['line', 'reason', 'remedy'])

  const after = readFileSync(quiz, 'utf8')
  expect(after.startsWith(before.slice(0, -'# The end.\n'.length))).toBe(true)
  expect(after.endsWith('# The end.\n')).toBe(true)
  expect(after).toContain('\n  - id: two\n    kind: gaps\n')
  expect(checkContent(join(folder, 'content')).problems).toEqual([])
  expect(readdirSync(join(quiz, '..')).filter(name => name.includes('unfinished'))).toEqual([])
}, 60_000)

test('a dry run tells the same and writes nothing', async () => {
  const { file, json, quiz } = author()
  const before = readFileSync(quiz, 'utf8')
  const name = file('moodle.xml', moodleXml)
  const dry = await json('import', name, ...into('moodle-xml'), '--dry-run')
  expect(readFileSync(quiz, 'utf8')).toBe(before)
  const wet = await json('import', name, ...into('moodle-xml'))
  expect({ ...dry, dryRun: false }).toEqual(wet)
  expect(wet.imported).toBe(8)
  expect(readFileSync(quiz, 'utf8')).not.toBe(before)
}, 60_000)

test('who imports a file twice is told that its questions stand there already', async () => {
  const { file, json, trellis, quiz } = author()
  const name = file('grant.txt', gift)
  await json('import', name, ...into('gift'))
  const once = readFileSync(quiz, 'utf8')
  const again = await json('import', name, ...into('gift'))
  expect(again).toMatchObject({ code: 0, imported: 0 })
  expect(again.skipped).toHaveLength(13)
  expect(readFileSync(quiz, 'utf8')).toBe(once)
  const { out } = await trellis('import', name, ...into('gift'))
  expect(out).toContain("grant.txt:5: it stands there already, as 'whos-buried-in-grants-tomb'.")
}, 60_000)

test('a module without a quiz gets one', async () => {
  const { file, json, folder, quiz } = author()
  rmSync(quiz)
  expect(await json('import', file('grant.txt', gift), ...into('gift'))).toMatchObject({ imported: 10 })
  expect(readFileSync(quiz, 'utf8')).toMatch(/^pass-mark: 80\nwait: 1 hour\nquestions:\n {2}- id: /)
  expect(checkContent(join(folder, 'content')).problems).toEqual([])
}, 60_000)

test('a quiz written in one line, or in Windows’ lines, takes questions too', async () => {
  const { file, json, quiz, folder } = author()
  const name = file('one.txt', 'Is it so? {T####It is.}')
  writeFileSync(
    quiz,
    'pass-mark: 80 # four in five\nquestions: [{ id: a, kind: true-false, stem: Yes., answer: true, feedback: So. }]\n',
  )
  expect(await json('import', name, ...into('gift'))).toMatchObject({ imported: 1 })
  expect(readFileSync(quiz, 'utf8')).toContain('# four in five')
  writeFileSync(
    quiz,
    'pass-mark: 80\r\nquestions:\r\n- id: a\r\n  kind: true-false\r\n  stem: Yes.\r\n  answer: true\r\n  feedback: So.\r\nshuffle: true\r\n',
  )
  expect(await json('import', name, ...into('gift'))).toMatchObject({ imported: 1 })
  expect(readFileSync(quiz, 'utf8')).toContain('\r\n- id: is-it-so\r\n  kind: true-false\r\n')
  expect(checkContent(join(folder, 'content')).problems).toEqual([])
}, 60_000)

test('nothing is added to a quiz that has a mistake in it', async () => {
  const { file, json, quiz } = author()
  writeFileSync(quiz, 'pass-mark: 8000\nquestions: []\n')
  const told = await json('import', file('one.txt', 'Is it so? {T}'), ...into('gift'))
  expect(told).toMatchObject({
    code: 1,
    imported: 0,
    skipped: [
      {
        reason: expect.stringContaining('the-moderators-job.yaml:1 has a mistake') as string,
      },
    ],
  })
  expect(readFileSync(quiz, 'utf8')).toBe('pass-mark: 8000\nquestions: []\n')
}, 60_000)

test('an author says into which section of a quiz, and is told of them where they don’t', async () => {
  const { file, json, trellis, quiz, folder } = author()
  const question = (id: string) =>
    `      - { id: ${id}, kind: true-false, stem: ${id}?, answer: true, feedback: So. }\n`
  const before = `pass-mark: 80\nsections:\n  - title: Words\n    questions:\n${question('one')}  - title: Deeds\n    questions:\n${question('two')}`
  writeFileSync(quiz, before)
  const name = file('one.txt', 'Is it so? {T####It is.}')
  const { code, err } = await trellis('import', name, ...into('gift'))
  expect([code, err]).toEqual([1, expect.stringContaining("none is named: 'Words' and 'Deeds'.")])
  expect(await json('import', name, ...into('gift'), '--section', 'Deds')).toMatchObject({
    ...{ code: 1, imported: 0 },
    skipped: [
      { reason: expect.stringContaining("no section 'Deds'") as string, remedy: "Did you mean 'Deeds'?" },
    ],
  })
  expect(readFileSync(quiz, 'utf8')).toBe(before)

  expect(await json('import', name, ...into('gift'), '--section', 'words')).toMatchObject({ imported: 1 })
  expect(readFileSync(quiz, 'utf8')).toMatch(/id: one,.*\n {6}- id: is-it-so\n[^]* {2}- title: Deeds\n/)
  expect(checkContent(join(folder, 'content')).problems).toEqual([])
}, 60_000)

test.each([
  [
    ['--format', 'gift', '--course', 'moderator-training', '--module', 'criss'],
    "There is no module 'criss'. Did you mean 'crisis'?",
  ],
  [
    ['--format', 'gift', '--course', 'moderator-trainig', '--module', 'the-moderators-job'],
    "There is no course 'moderator-trainig'. Did you mean 'moderator-training'?",
  ],
  [
    ['--format', 'gift', '--course', '../../etc', '--module', 'the-moderators-job'],
    "There is no course '../../etc'.",
  ],
])(
  'who names what is not there is helped: %j',
  async (options, sentence) => {
    const { file, trellis } = author()
    const { code, err } = await trellis('import', file('one.txt', 'Is it so? {T}'), ...options)
    expect([code, err]).toEqual([1, expect.stringContaining(sentence)])
  },
  60_000,
)

test('a file that is not there, or is none of its format, ends with 1 and says why', async () => {
  const { file, trellis, json } = author()
  expect(await trellis('import', 'nowhere.txt', ...into('gift'))).toMatchObject({
    code: 1,
    err: "There is no file 'nowhere.txt'.\n",
  })
  expect(await json('import', file('empty.txt', '\n'), ...into('gift'))).toMatchObject({
    code: 1,
    imported: 0,
  })
  const { code, err } = await trellis('import', file('page.html', '<html>\n</html>'), ...into('moodle-xml'))
  expect([code, err]).toEqual([1, expect.stringContaining('page.html:1: the file begins with <html>')])
}, 60_000)

test.each(['gift', 'qti3'])(
  'all questions that the site has go out as %s and come in again',
  async format => {
    const { json, quiz } = author(asShipped)
    const out = await json(
      'export',
      'questions',
      '--format',
      format,
      '--course',
      'moderator-training',
      '--module',
      'the-moderators-job',
      '--out',
      'all',
    )
    expect(out).toMatchObject({ code: 0, leftOut: [] })
    const asTwins = await json('import', 'all', ...into(format), '--dry-run')
    expect(asTwins).toMatchObject({ imported: 0, skippedParts: [] })
    expect(asTwins.skipped).toHaveLength(out.exported!)
    rmSync(quiz)
    expect(await json('import', 'all', ...into(format))).toMatchObject({
      imported: out.exported,
      skipped: [],
      skippedParts: [],
    })
  },
  60_000,
)

test('a table of questions has a row for each, and no cell that a program would run', async () => {
  const { json, folder, quiz } = author(asShipped)
  writeFileSync(
    quiz,
    'pass-mark: 80\nquestions:\n  - id: sum\n    kind: number\n    stem: "=1+1"\n    accept: [{ value: 2 }]\n    feedback: Two, "as ever".\n',
  )
  expect(
    await json(
      'export',
      'questions',
      '--format',
      'csv',
      '--course',
      'moderator-training',
      '--module',
      'the-moderators-job',
      '--out',
      'all.csv',
    ),
  ).toMatchObject({ exported: 1 })
  expect(readFileSync(join(folder, 'all.csv'), 'utf8')).toBe(
    `quiz,id,kind,question,choices,key,points,difficulty,tags,hints,feedback\r\nmoderator-training/the-moderators-job,sum,number,'=1+1,,2,1,,,,"Two, ""as ever""."\r\n`,
  )
}, 60_000)
