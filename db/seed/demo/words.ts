import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Chance } from './chance.ts'

const lines = z.array(z.string())
/** What can be said in parts: a line of each list, one after another. */
const parts = z.array(lines)

const someone = z.strictObject({
  handle: z.string(),
  name: z.string(),
  zone: z.string().default('Europe/London'),
  member: z.boolean().default(false),
  teen: z.boolean().default(false),
  named: z.boolean().default(false),
})
export type Someone = z.output<typeof someone>

const groups = ['admins', 'mentors', 'summer', 'autumn', 'winter', 'alone', 'newcomers'] as const
export type Group = (typeof groups)[number]

const read = <S extends z.ZodType>(schema: S, file: string): z.output<S> =>
  schema.parse(parse(readFileSync(new URL(`../words/${file}.yaml`, import.meta.url), 'utf8')))

export const readPeople = () => read(z.record(z.enum(groups), z.array(someone)), 'people')

/** What people answer to a course's questions, by module, without its course. */
export const readAnswers = (course: string) => read(z.record(z.string(), parts), course)

/** What a mentor keeps to write again. */
const comments = z.array(z.strictObject({ title: z.string(), markdown: z.string() }))

export const readReplies = () =>
  read(
    z.strictObject({
      ...{ replies: parts, answers: lines, passed: parts, returned: parts, revised: lines },
      practice: z.record(z.string(), lines),
      ...{ rooms: lines, declined: lines },
      comments: z.strictObject({ own: comments, shared: comments }),
      reasons: z.strictObject({ override: lines, grant: lines, decline: lines, revoke: lines }),
    }),
    'replies',
  )

const handle = z.string()

const topic = z.strictObject({
  board: z.string(),
  by: handle,
  ago: z.number(),
  form: z.enum(['talk', 'poll', 'check-in']).default('talk'),
  title: z.string(),
  words: z.string().default(''),
  options: lines.default([]),
  /** Who pins it, and who closes it. */
  pinned: handle.optional(),
  closed: handle.optional(),
  replies: z.array(z.strictObject({ by: handle, after: z.number(), words: z.string() })).default([]),
  /** Who chooses what, with a line in a check-in. */
  answers: z
    .array(
      z.tuple([handle, z.int()], z.string()).transform(([by, option, line]) => [by, option, line] as const),
    )
    .default([]),
})
export type TopicToTell = z.output<typeof topic>

export const readTopics = () => read(z.array(topic), 'boards')

/** Puts parts together, each a paragraph of its own or all in one. */
export const compose = (chance: Chance, from: readonly (readonly string[])[], between: ' ' | '\n\n') =>
  from
    .map(choices => chance.one(choices))
    .filter(Boolean)
    .join(between)
