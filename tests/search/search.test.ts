import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { discussion, post } from '../../db/schema/discussions.ts'
import { suspension } from '../../db/schema/people.ts'
import { renderMarkdown } from '../../src/authoring/markdown.ts'
import type { Person } from '../../src/people/person.ts'
import { askedBy } from '../../src/search/asked.ts'
import { indexIfContentChanged } from '../../src/search/index-content.ts'
import { learnWords } from '../../src/search/learn-words.ts'
import { countOf, type Found, search } from '../../src/search/search.ts'
import { marked } from '../../src/search/snippet.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { guarded, lenient, open, read, reflect, reply } from '../discussions/deeds.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, again, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()

beforeAll(async () => {
  await openCourses(db)
  await indexIfContentChanged(db, lenient)
})

/** What a person finds, by an address. */
async function find(person: Person | null, query: string | Record<string, string>): Promise<Found> {
  const asked = askedBy(new URLSearchParams(typeof query === 'string' ? { q: query } : query))
  const found = await search(db, lenient, person && (await again(db, person)), asked)
  if (typeof found === 'string') throw new Error(`Nothing could be looked for: ${found}.`)
  return found
}

const postsOf = async (person: Person, query: string) =>
  (await find(person, query)).posts.list.map(({ id }) => id)
const titlesOf = (list: readonly { title: string }[]) => list.map(({ title }) => title)

/** Everything that a reader is told by a search, as one text. */
const allOf = (found: Found) => JSON.stringify(found)

let count = 0
/** A word that nobody has used yet, and that is spelled like no other. */
const fresh = () =>
  createHash('md5')
    .update(String(count++))
    .digest('hex')
    .slice(0, 12)
    .replace(/\d/g, digit => 'ghijklmnop'[Number(digit)]!)

async function aCohort() {
  const [river, moss] = [await addTrainee(db), await addTrainee(db)]
  const cohort = await addCohortOf(db, [river, moss])
  const stranger = await addTrainee(db)
  await addCohortOf(db, [stranger])
  return {
    river,
    moss,
    stranger,
    cohort,
    mentor: await addMentorOf(db, [cohort.id]),
    admin: await addAdmin(db),
  }
}

async function topic(author: Person, title: string, words: string, cohortId: number | null = null) {
  const [row] = await db.insert(discussion).values({ cohortId, title, form: 'talk' }).returning()
  const [opening] = await db
    .insert(post)
    .values({
      ...{ discussionId: row!.id, authorId: author.id, kind: 'opening' },
      ...{ markdown: words, html: renderMarkdown(words) },
    })
    .returning()
  return opening!.id
}

describe('modules and guides', () => {
  test('a guest finds a guide by its title before those that only speak of it', async () => {
    const { guides, posts } = await find(null, 'giving a warning')
    expect(guides.list[0]).toMatchObject({ title: 'Giving a warning', href: '/guides/giving-a-warning' })
    expect(guides.count).toBeGreaterThan(1)
    expect(posts.count).toBe(0)
  })

  test('a word is found in its other forms, and marked where it stands', async () => {
    const { modules } = await find(null, 'warned')
    const module = modules.list.find(({ title }) => title === 'Ground rules and warnings')
    expect(marked(module?.snippet ?? '').text).toMatch(/<mark>[Ww]arn\w*<\/mark>/)
    expect(module?.where).toBe('Moderator Training')
  })

  test('what a lesson’s scenarios, chats and notes say is found, and no markup', async () => {
    const { modules } = await find(null, '"distress is not misconduct"')
    expect(titlesOf(modules.list)).toEqual(['Ground rules and warnings'])
    expect(countOf(await find(null, { q: 'Scenario title', exact: '1' }))).toBe(0)
    const [page] = await db.execute<{ body: string }>(
      sql`select body from search_page where id = 'moderator-training/ground-rules-and-warnings'`,
    )
    expect(page!.body).not.toMatch(/[<>{}*#]|requires:|before-others/)
  })

  test('a helpline leads to the pages that show it', async () => {
    const [helpline] = lenient.helplines.regions[0]!.helplines
    expect(titlesOf((await find(null, `"${helpline!.name}"`)).guides.list)).toContain('Finding a helpline')
  })

  test('no question of a quiz or a check is told, nor its key', async () => {
    const bodies = await db.execute<{ body: string }>(sql`select body from search_page`)
    const text = bodies.map(({ body }) => body).join('\n')
    expect(bodies).toHaveLength(
      lenient.guides.length + lenient.courses.flatMap(({ modules }) => modules).length,
    )
    for (const { questions } of lenient.quizzes.values())
      for (const { stem } of questions) expect(text.includes(stem), stem).toBe(false)
    expect(text).not.toMatch(/^(check|correct|feedback|answer):/m)
  })

  test('of a module that one has not come to yet, the title and summary are told, and what comes first', async () => {
    const river = await addTrainee(db)
    await addCohortOf(db, [river], 'moderator-training')
    const query = { q: 'warning ladder', in: 'modules' }
    const of = ({ modules }: Found) => modules.list.find(({ title }) => title === 'Ground rules and warnings')
    expect(of(await find(river, query))).toMatchObject({
      snippet: null,
      summary: expect.stringContaining('ladder') as string,
      first: { href: '/courses/moderator-training/a-safe-space' },
    })
    expect(of(await find(null, query))?.snippet).toContain('ladder')
    await read(db, river, 'moderator-training/ground-rules-and-warnings')
    expect(of(await find(river, query))?.snippet).toContain('ladder')
  })

  test('the results of one kind are turned page by page, each once', async () => {
    const first = await find(null, { q: 'room', in: 'guides' })
    const second = await find(null, { q: 'room', in: 'guides', after: '20' })
    expect(first.guides.count).toBeGreaterThan(20)
    expect(first.guides.list).toHaveLength(20)
    const all = titlesOf([...first.guides.list, ...second.guides.list])
    expect(new Set(all).size).toBe(Math.min(first.guides.count, 40))
    expect((await find(null, { q: 'room', in: 'guides', after: '9000' })).guides.list).toEqual([])
  })
})

describe('posts', () => {
  test('people of a cohort find its reflections and replies, with who wrote them where and when', async () => {
    const { river, moss, cohort } = await aCohort()
    const word = fresh()
    const reflection = await reflect(db, river, `I met a **${word}** there.`)
    const answer = await reply(db, moss, reflection.id, `A ${word}? I never did.`)
    const { posts } = await find(moss, word)
    expect(posts.list.map(({ id }) => id).toSorted()).toEqual([reflection.id, answer.id].toSorted())
    expect(posts.list.find(({ id }) => id === reflection.id)).toMatchObject({
      kind: 'reflection',
      title: open.title,
      cohort: cohort.name,
      author: { handle: river.handle },
    })
    expect(marked(posts.list.find(({ id }) => id === reflection.id)!.snippet!).text).toContain(
      `I met a <mark>${word}</mark> there.`,
    )
  })

  test('an opening is found by its topic’s title, by its words, and by one of each', async () => {
    const { river, stranger } = await aCohort()
    const [one, other] = [fresh(), fresh()]
    const id = await topic(river, `What is your ideal ${one}?`, `Mine has ${other} in it.`)
    for (const query of [one, other, `${one} ${other}`, `${other} ideal`])
      expect(await postsOf(stranger, query), query).toEqual([id])
    expect(await postsOf(stranger, `${one} -${other}`)).toEqual([])
  })

  test('of two posts that say the same, the newer comes first', async () => {
    const { river, moss } = await aCohort()
    const word = fresh()
    const old = await reflect(db, river, `Thinking of ${word}.`)
    const young = await reflect(db, moss, `Thinking of ${word}.`)
    await db
      .update(post)
      .set({ createdAt: new Date('2024-01-01') })
      .where(eq(post.id, young.id))
    expect(await postsOf(river, word)).toEqual([old.id, young.id])
    await db
      .update(post)
      .set({ createdAt: new Date('2023-01-01') })
      .where(eq(post.id, old.id))
    expect(await postsOf(river, word)).toEqual([young.id, old.id])
  })

  test('more posts than anybody reads are told as so many and more', async () => {
    const { river } = await aCohort()
    const word = fresh()
    await topic(river, 'Many', word)
    await db.execute(sql`
      insert into post (discussion_id, author_id, kind, markdown, html)
      select (select max(id) from discussion), ${river.id}, 'reply', ${word}, ${word} from generate_series(1, 230)`)
    const { posts } = await find(river, { q: word, in: 'posts', after: '180' })
    expect(posts).toMatchObject({ count: 200, andMore: true })
    expect(posts.list).toHaveLength(20)
  })

  test('Arabic, emoji, code and a very long word are found or not, and never break anything', async () => {
    const { river } = await aCohort()
    const id = await topic(river, 'سؤال', 'أحب الغرفة الهادئة 🌱 `code` ' + 'x'.repeat(3000))
    expect(await postsOf(river, 'الهادئة')).toEqual([id])
    expect(await postsOf(river, '🌱 الغرفة')).toContain(id)
    for (const query of [
      'a & b | !c',
      "it's ' \" (",
      '\\',
      '%',
      ':*',
      '<->',
      'ab:* & !!',
      '"',
      'or or or',
      '- x -',
    ])
      await search(db, lenient, river, askedBy(new URLSearchParams({ q: query })))
  })
})

describe('only what the reader may see', () => {
  /** That nothing a search says gives a word away, typed rightly or wrongly. */
  async function expectNothing(person: Person | null, word: string): Promise<void> {
    await learnWords(db)
    for (const q of [
      word,
      `"${word}"`,
      `${word} or ${word}`,
      word.slice(0, -2),
      `${word.slice(0, 5)}${word.slice(6)}`,
    ])
      for (const kind of ['all', 'posts']) {
        const found = await find(person, { q, in: kind })
        expect(found.posts, q).toEqual({ list: [], count: 0, andMore: false })
        expect(found.typed, q).toBeNull()
        expect(allOf({ ...found, words: '' })).not.toContain(word)
      }
  }

  const old = () => db.update(post).set({ createdAt: new Date('2026-01-01') })

  test('nobody finds what is said in another cohort, and guests find no post at all', async () => {
    const { river, stranger, mentor, admin } = await aCohort()
    const word = fresh()
    const { id } = await reflect(db, river, `A ${word}.`)
    await old()
    await expectNothing(stranger, word)
    await expectNothing(null, word)
    await expectNothing(await addMentorOf(db, []), word)
    for (const who of [river, mentor, admin]) expect(await postsOf(who, word)).toEqual([id])
  })

  test('where one answers first, others’ posts are found once one has answered', async () => {
    const { river, moss, mentor } = await aCohort()
    const word = fresh()
    const { id } = await reflect(db, river, `A ${word}.`, guarded.id)
    await old()
    await expectNothing(moss, word)
    expect(await postsOf(river, word)).toEqual([id])
    expect(await postsOf(mentor, word)).toEqual([id])
    await reflect(db, moss, 'Mine.', guarded.id)
    expect(await postsOf(moss, word)).toEqual([id])
  })

  test('what is for the mentors is found by its author and the mentors', async () => {
    const { river, moss, mentor } = await aCohort()
    const word = fresh()
    const { id } = await reflect(db, river, `A ${word}.`)
    const answer = await reply(db, mentor, id, `The ${word}, yes.`)
    await db
      .update(post)
      .set({ audience: 'mentors', createdAt: new Date('2026-01-01') })
      .where(sql`true`)
    await expectNothing(moss, word)
    expect((await postsOf(river, word)).toSorted()).toEqual([id, answer.id].toSorted())
    expect(await postsOf(mentor, word)).toHaveLength(2)
    await db.update(post).set({ audience: 'cohort' })
  })

  test.each(['deleted', 'hidden'] as const)('what was %s is found by nobody', async removed => {
    const { river, moss, mentor, admin } = await aCohort()
    const word = fresh()
    const { id } = await reflect(db, river, `A ${word}.`)
    await old()
    await learnWords(db)
    await db.update(post).set({ removed }).where(eq(post.id, id))
    for (const who of [river, moss, mentor, admin]) await expectNothing(who, word)
  })

  test('of a post that its author folded, the note is told and no word of it', async () => {
    const { river, moss } = await aCohort()
    const [word, other] = [fresh(), fresh()]
    const { id } = await reflect(db, river, `A ${word} and a ${other}.`)
    await db.update(post).set({ contentNote: 'Death or loss' }).where(eq(post.id, id))
    const found = await find(moss, word)
    expect(found.posts.list).toMatchObject([{ id, contentNote: 'Death or loss', snippet: null }])
    expect(allOf(found)).not.toContain(other)
  })

  test('discussions of a module that authors have taken away are out of sight', async () => {
    const { river, admin } = await aCohort()
    const word = fresh()
    const { id } = await reflect(db, river, `A ${word}.`)
    const [row] = await db.select().from(post).where(eq(post.id, id))
    await db.update(discussion).set({ module: 'gone/gone' }).where(eq(discussion.id, row!.discussionId))
    await expectNothing(river, word)
    await expectNothing(admin, word)
  })

  test('nothing that people write becomes markup', async () => {
    const { river } = await aCohort()
    const word = fresh()
    for (const payload of xssCorpus)
      await topic(river, `${word} ${payload}`.slice(0, 200), `${word} ${payload} ${word}`)
    for (const after of ['0', '20', '40', '60']) {
      const { posts } = await find(river, { q: word, in: 'posts', after })
      for (const { snippet } of posts.list)
        expect(marked(snippet!).text.replace(/<mark>[^<>]*<\/mark>/g, '')).not.toMatch(/[<>]/)
    }
    for (const forged of ['\uE000<b>\uE001', '&#xE000;x', 'a\uE001b\uE000c\uE000d', '&lt;script&gt;'])
      expect(marked(forged).text.replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>]/)
  })
})

describe('typos', () => {
  test('a word typed wrongly is led to its neighbour, and what was typed is told', async () => {
    const found = await find(null, 'confidentialty')
    expect(found).toMatchObject({ words: 'confidentiality', typed: 'confidentialty' })
    expect(countOf(found)).toBeGreaterThan(0)
    expect((await find(null, { q: 'confidentialty', exact: '1' })).typed).toBeNull()
  })

  test('only the word that is wrong is replaced, and the others stay as they were typed', async () => {
    expect((await find(null, 'Warning laddr')).words).toBe('Warning ladder')
    expect((await find(null, '"groud rules"')).words).toBe('"ground rules"')
  })

  test('the beginning of a word finds the word', async () => {
    expect((await find(null, 'confiden')).words).toMatch(/^confiden(t|ce|tial|tiality)$/)
  })

  test('words of posts are learned, for those who may read them', async () => {
    const { river, stranger } = await aCohort()
    await reflect(db, river, 'We call it the zwetschgendatschi evening.')
    await db.update(post).set({ createdAt: new Date('2026-01-01') })
    await learnWords(db)
    expect((await find(river, 'zwetschgendachi')).words).toBe('zwetschgendatschi')
    expect(await find(stranger, 'zwetschgendachi')).toMatchObject({ words: 'zwetschgendachi', typed: null })
    expect(await find(null, 'zwetschgendachi')).toMatchObject({ words: 'zwetschgendachi', typed: null })
  })

  test('a word that only others’ posts have is a slip for whoever can’t find it, so that no search tells', async () => {
    const { river, stranger } = await aCohort()
    expect((await find(stranger, 'confidentialtty')).words).toBe('confidentiality')
    await reflect(db, river, 'Spelled confidentialtty by me.')
    await db.update(post).set({ createdAt: new Date('2026-01-01') })
    await learnWords(db)
    expect((await find(stranger, 'confidentialtty')).words).toBe('confidentiality')
    expect(await postsOf(river, 'confidentialtty')).toHaveLength(1)
  })

  test('one form of a word does not tell that another stands where one may not read', async () => {
    const { river, stranger } = await aCohort()
    await topic(stranger, 'About glorping', 'I like glorping.')
    await reflect(db, river, 'They glorped and glorped.')
    await db.update(post).set({ createdAt: new Date('2026-01-01') })
    await learnWords(db)
    expect((await find(river, 'glorpedd')).words).toBe('glorped')
    expect(await find(stranger, 'glorpedd')).toMatchObject({ words: 'glorpedd', typed: null })
  })

  test('nonsense stays as it is, and nothing is found', async () => {
    expect(await find(null, 'xqzvwkpt')).toMatchObject({ words: 'xqzvwkpt', typed: null })
  })
})

describe('people', () => {
  test('a handle or a whole name offers the person to whoever is signed in, and to no guest', async () => {
    const river = await addTrainee(db, { handle: 'fern-hollow', displayName: 'Fern H.' })
    for (const query of ['@fern', '@Fern-Hollow', 'fern-hollow', 'fern h.'])
      expect((await find(river, query)).people, query).toEqual([
        { handle: 'fern-hollow', displayName: 'Fern H.' },
      ])
    expect((await find(river, 'fern')).people).toEqual([])
    expect((await find(null, '@fern')).people).toEqual([])
  })

  test('whoever is suspended is not offered, and a sign in a handle stands for itself', async () => {
    const [river, gone] = [await addTrainee(db), await addTrainee(db, { handle: 'gone-away' })]
    await db.insert(suspension).values({ personId: gone.id, byId: river.id, reason: 'A test.' })
    expect((await find(river, '@gone')).people).toEqual([])
    expect((await find(river, '@g%_')).people).toEqual([])
  })
})

describe('what can’t be looked for', () => {
  test('very common words alone, or only words to leave out, are said to be so', async () => {
    const ask = (q: string) => search(db, lenient, null, askedBy(new URLSearchParams({ q })))
    expect(await ask('the and')).toBe('common')
    expect(await ask('-spam')).toBe('only-without')
    expect(await ask('spam or -room')).toBe('only-without')
  })
})
