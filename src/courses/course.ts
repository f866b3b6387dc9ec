import { z } from 'zod'
import { duration, type Duration } from '../authoring/duration.ts'
import type { Heading } from '../authoring/lesson.ts'
import { line, markdown, slug } from '../authoring/text.ts'
import type { Quiz } from '../quizzes/quiz.ts'

/** `content/courses/<course>/course.yaml`. */
export const courseSchema = z.strictObject({
  title: line(80).describe("the course's name, as the list of courses shows it"),
  summary: line(200).describe('one plain sentence: what one can do after it'),
  description: markdown(4000).optional().describe('who it is for and how it goes, Markdown'),
  order: z.int().min(1).describe('its place in the list of courses, 1 first'),
  requires: z.array(slug).default([]).describe('courses to finish first'),
  promise: duration.prefault('3 days').describe('within which time mentors mean to answer a reflection'),
})

/** The frontmatter of `content/courses/<course>/<nn>-<module>.mdx`. */
export const moduleSchema = z.strictObject({
  title: line(80).describe("the module's name"),
  summary: line(160).describe('one plain sentence: what one can do after this module'),
  minutes: z.int().min(1).max(120).describe('honest reading time in minutes, thinking included'),
  requires: z.array(slug).default([]).describe('earlier modules of this course, by name without the number'),
  guides: z.array(slug).max(6).default([]).describe('help guides that go with it'),
  reflection: z
    .strictObject({
      question: markdown(600).describe('the question that opens the discussion, Markdown'),
      rubric: slug.describe('the rubric mentors grade it by'),
      'before-others': z
        .boolean()
        .default(false)
        .describe("true when one must answer before seeing others' answers"),
    })
    .optional(),
})

export type Reflection = {
  readonly question: string
  readonly rubric: string
  /** One posts one's own before others' are shown. */
  readonly beforeOthers: boolean
}

export type Module = {
  /** `moderator-training/ground-rules-and-warnings` */
  readonly id: string
  /** The course's id. */
  readonly course: string
  /** The id without its course. */
  readonly slug: string
  /** Its place in the course, from 1, without gaps. */
  readonly number: number
  readonly title: string
  readonly summary: string
  readonly minutes: number
  /** Ids of modules to finish first. */
  readonly requires: readonly string[]
  /** Ids of guides. */
  readonly guides: readonly string[]
  readonly reflection: Reflection | undefined
  readonly quiz: Quiz | undefined
  readonly words: number
  readonly headings: readonly Heading[]
}

export type Course = {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly description: string | undefined
  readonly order: number
  /** Ids of courses to finish first. */
  readonly requires: readonly string[]
  /** Within which time mentors mean to answer a reflection. */
  readonly promise: Duration
  readonly modules: readonly Module[]
}
