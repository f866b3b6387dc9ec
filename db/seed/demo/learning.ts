import { and, eq } from 'drizzle-orm'
import { markRead } from '../../../src/courses/reading.ts'
import type { Module } from '../../../src/courses/course.ts'
import { resubmit } from '../../../src/discussions/editing.ts'
import { postReflection, postReply } from '../../../src/discussions/posting.ts'
import { checkGuide } from '../../../src/guides/check-guide.ts'
import { kindOf, type Question } from '../../../src/quizzes/questions/question.ts'
import { saveAnswers } from '../../../src/quizzes/save-answers.ts'
import { startAttempt } from '../../../src/quizzes/start-attempt.ts'
import { submitAttempt } from '../../../src/quizzes/submit-attempt.ts'
import { found } from '../../../src/errors.ts'
import { post, takingPart } from '../../schema/discussions.ts'
import { submission } from '../../schema/grading.ts'
import { attempt } from '../../schema/quizzes.ts'
import type { Life } from './lives.ts'
import { staysReturned } from './mentoring.ts'
import { compose } from './words.ts'
import type { World } from './world.ts'

export interface Learning {
  course: string
  /** The cohort that they take it with. */
  cohortId: number
  /** Days before the present. */
  from: number
  /** From one module to the next, in days. */
  pace: number
  /** How many modules they do before something else in life comes first. */
  modules?: number
  /** Leaves the last quiz half answered. */
  stopsInQuiz?: boolean
}

const minutes = (count: number) => count * 60_000

/** Takes a course, module by module: reads, takes the quiz, answers the question, and talks with the others. */
export async function* learn(world: World, handle: string, way: Learning): Life {
  const modules = found(world.content.course(way.course)).modules.slice(0, way.modules)
  let daysAgo = way.from
  for (const module of modules) {
    const begun = world.evening(daysAgo)
    yield begun
    await revise(world, handle)
    await markRead(world.tx, world.content, await world.person(handle), module.id, {
      opened: new Date(0),
    })

    const stopsHere = (way.stopsInQuiz ?? false) && module === modules.at(-1)
    let now = new Date(begun.getTime() + minutes(world.chance.between(8, 20)))
    if (module.quiz && !(yield* takeQuiz(world, handle, module, now, stopsHere))) return
    now = new Date(now.getTime() + minutes(world.chance.between(80, 140)))
    yield now
    await reflect(world, handle, module, way.cohortId)
    yield new Date(now.getTime() + minutes(world.chance.between(5, 600)))
    await talk(world, handle, module, way.cohortId)
    await doGuides(world, handle, module)

    daysAgo -= way.pace * (0.7 + world.chance.number() * 0.6)
  }
  await world.review(await world.person(handle))
  for (const later of [2, 5, 9, 14, 20]) {
    yield world.evening(daysAgo - later)
    await revise(world, handle)
    await catchUp(world, handle, modules, way.cohortId)
  }
}

/** @returns whether they got through it, in two tries at most; false, too, when they leave it half answered */
async function* takeQuiz(
  world: World,
  handle: string,
  module: Module,
  from: Date,
  leave: boolean,
): AsyncGenerator<Date, boolean, void> {
  const passesAtOnce = world.chance.percent(78)
  if (!leave && !passesAtOnce) {
    yield from
    await hand(world, handle, module, from, 'fails')
  }
  // A try after one that failed waits an hour.
  const now = passesAtOnce ? from : new Date(from.getTime() + minutes(70))
  yield now
  if (leave) {
    await begin(world, handle, module, now, 2)
    return false
  }
  await hand(world, handle, module, now, 'passes')
  return true
}

/** Begins a try, and answers the first few questions. */
async function begin(world: World, handle: string, module: Module, now: Date, answered: number) {
  const person = await world.person(handle)
  const id = await startAttempt(world.tx, world.content, person, module.id, now)
  const [row] = await world.tx.select().from(attempt).where(eq(attempt.id, id))
  const questions = found(row).questions
  await saveAnswers(world.tx, person, { attempt: id, answers: rightAnswers(questions.slice(0, answered)) })
  return { id, questions }
}

async function hand(world: World, handle: string, module: Module, now: Date, how: 'passes' | 'fails') {
  const { id, questions } = await begin(world, handle, module, now, 0)
  const later = new Date(now.getTime() + minutes(world.chance.between(4, 9)))
  const allowed = Math.floor((questions.length * (100 - found(module.quiz).passMark)) / 100)
  const wrong = how === 'passes' ? world.chance.between(0, allowed) : allowed + world.chance.between(1, 2)
  const answers = { ...rightAnswers(questions), ...wrongAnswers(questions.slice(0, wrong)) }
  await playScenes(world, handle, id, questions)
  await submitAttempt(world.tx, await world.person(handle), { attempt: id, answers, anyway: true }, later)
}

/** A scene is played turn by turn. */
async function playScenes(world: World, handle: string, id: number, questions: readonly Question[]) {
  const person = await world.person(handle)
  for (const question of questions.filter(({ kind }) => kind === 'chat'))
    for (const [turn, choice] of kindOf(question).key(question).entries())
      await saveAnswers(world.tx, person, {
        ...{ attempt: id, say: question.id },
        answers: { [question.id]: [`${turn}:${choice}`] },
      })
}

/** What is right, question by question. */
export const rightAnswers = (questions: readonly Question[]) =>
  Object.fromEntries(questions.map(question => [question.id, kindOf(question).key(question)]))

const wrongAnswers = (questions: readonly Question[]) =>
  Object.fromEntries(
    questions.map(question => [
      question.id,
      'options' in question
        ? question.options
            .filter(one => !one.correct)
            .slice(0, 1)
            .map(one => one.id)
        : [],
    ]),
  )

async function reflect(world: World, handle: string, module: Module, cohortId: number): Promise<void> {
  if (!module.reflection) return
  const markdown = world.answerTo(module.course, module.slug)
  const { id } = await postReflection(world.tx, world.content, await world.person(handle), {
    module: module.id,
    markdown,
  })
  const key = `${cohortId} ${module.id}`
  world.discussions.set(key, [...(world.discussions.get(key) ?? []), { id, by: handle, under: id }])
}

/** Replies to one or two of the others, and answers whoever replied to oneself. */
async function talk(world: World, handle: string, module: Module, cohortId: number): Promise<void> {
  const { tx, content, chance, words } = world
  const person = await world.person(handle)
  const reflections = world.discussions.get(`${cohortId} ${module.id}`) ?? []
  const others = reflections.filter(({ by }) => by !== handle).slice(-8)
  const asked = module.reflection?.replies ?? 0
  for (const { id } of chance.some(others, chance.between(asked, Math.max(2, asked)))) {
    const markdown = compose(chance, words.replies, ' ')
    const reply = await postReply(tx, content, person, { post: id, markdown })
    world.unanswered.set(id, { id: reply.id, by: handle, under: id })
  }
  for (const own of [...world.discussions.values()].flat().filter(({ by }) => by === handle)) {
    const reply = world.unanswered.get(own.id)
    if (!reply || reply.by === handle || chance.percent(55)) continue
    const markdown = chance.one(words.answers).replace('{handle}', reply.by)
    await postReply(tx, content, person, { post: own.id, markdown })
    world.unanswered.delete(own.id)
  }
}

/** Replies where a module asks for it and nobody else had written yet. */
async function catchUp(world: World, handle: string, modules: readonly Module[], cohortId: number) {
  const { tx, content } = world
  const person = await world.person(handle)
  for (const { id: module, reflection } of modules.filter(({ reflection }) => reflection?.replies)) {
    const [part] = await tx
      .select()
      .from(takingPart)
      .where(and(eq(takingPart.personId, person.id), eq(takingPart.module, module)))
    const missing = (reflection?.replies ?? 0) - (part?.replies ?? 0)
    const others = (world.discussions.get(`${cohortId} ${module}`) ?? []).filter(({ by }) => by !== handle)
    for (const { id } of others.slice(0, Math.max(0, missing)))
      await postReply(tx, content, person, {
        post: id,
        markdown: compose(world.chance, world.words.replies, ' '),
      })
    await world.review(person)
  }
}

/** Works through some of the guides that go with a module. */
async function doGuides(world: World, handle: string, module: Module): Promise<void> {
  for (const guide of module.guides) if (world.chance.percent(55)) await doGuide(world, handle, guide)
}

/** Reads a guide and takes its check. */
export async function doGuide(world: World, handle: string, guide: string): Promise<void> {
  const person = await world.person(handle)
  const answers = rightAnswers(found(world.content.guide(guide)).check.questions)
  await checkGuide(world.tx, world.content, person, { guide, answers })
}

/** Takes what a mentor returned, and tries again. */
async function revise(world: World, handle: string): Promise<void> {
  const person = await world.person(handle)
  const returned = await world.tx
    .select({ post: post.id, revision: post.revision, before: post.markdown, module: submission.module })
    .from(submission)
    .innerJoin(post, eq(post.id, submission.postId))
    .where(and(eq(submission.authorId, person.id), eq(submission.state, 'returned')))
  for (const { before, module, ...edit } of returned) {
    if (staysReturned.includes(`${handle} ${module}`)) continue
    const markdown = `${before}\n\n${world.chance.one(world.words.revised)}`
    await resubmit(world.tx, world.content, person, { ...edit, markdown })
  }
}
