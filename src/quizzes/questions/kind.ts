import { z } from 'zod'
import { markdown, slug } from '../../authoring/text.ts'

/**
 * What a person gave as the answer to one question, part by part: ids of options, words for gaps, positions of items,
 * the choices made in a scene. What is still open is `''` where others follow it, or not there.
 */
export type Answer = readonly string[]

/** From 0 up to but not including 1, like `Math.random`. */
export type Random = () => number

export const difficulties = ['easy', 'medium', 'hard'] as const
export type Difficulty = (typeof difficulties)[number]

/** A step towards the answer that one may ask for. */
export type Hint = {
  /** Markdown. */
  readonly text: string
  /** The share of the question's points that it costs, from 0 to 1. */
  readonly cost: number
}

/** What all kinds of questions have. */
export type Common = {
  readonly id: string
  /** Markdown. */
  readonly stem: string
  /** How many points it is worth; 1 where nothing is said. */
  readonly points?: number | undefined
  readonly hints?: readonly Hint[] | undefined
  readonly tags?: readonly string[] | undefined
  readonly difficulty?: Difficulty | undefined
}

const share = z
  .string()
  .regex(/^(100|\d{1,2})%$/, 'is not a share\nWrite it in per cent, like `25%`.')
  .transform(text => Number(text.slice(0, -1)) / 100)

export const commonFields = {
  id: slug.describe('a short name, unique in the file, that stays when the wording changes'),
  stem: markdown(1200).describe('the situation and the question, Markdown'),
  points: z
    .int()
    .min(1)
    .max(10)
    .optional()
    .describe('how much it counts beside the others; 1 where left out'),
  hints: z
    .array(
      z.strictObject({
        text: markdown(400).describe('the hint, Markdown'),
        cost: share.prefault('25%').describe('what it costs of the points, such as `25%`'),
      }),
    )
    .max(4)
    .optional()
    .describe('hints that one may ask for, one after another'),
  tags: z.array(slug).max(8).optional().describe('what it is about, for drawing from a bank'),
  difficulty: z.enum(difficulties).optional().describe('how hard it is'),
}

/** A share of the points, as an author writes it; all of them where they say nothing. */
export const creditField = share.optional().transform(credit => credit ?? 1)

/** What may be shown of an answer once it is marked. */
export type Reviewed =
  | { readonly as: 'options'; readonly options: readonly ReviewedOption[] }
  | { readonly as: 'parts'; readonly parts: readonly ReviewedPart[] }
  | { readonly as: 'scene'; readonly scene: readonly PlayedTurn[] }

export type ReviewedOption = {
  readonly id: string
  /** Markdown. */
  readonly text: string
  readonly chosen: boolean
  /** Undefined where that would give the key away. */
  readonly right: boolean | undefined
}

/** One part of an answer: a gap, a prompt with what it was matched with, a place in an order. */
export type ReviewedPart = {
  /** Markdown; null where there is one part alone. */
  readonly label: string | null
  /** What was given, in words; null where it was left open. */
  readonly given: string | null
  readonly right: boolean
  /** What is right; undefined where that would give the key away, or needs no saying. */
  readonly key: string | undefined
}

/** Something said in a scene; by nobody where it is told. */
export type Line = { readonly by: string | null; readonly words: string }

/** A turn of a scene that has been played. */
export type PlayedTurn = {
  readonly before: readonly Line[]
  /** Markdown. */
  readonly chosen: string
  readonly after: readonly Line[]
  /** Markdown; undefined where it is not told yet. */
  readonly coaching: string | undefined
}

/**
 * What a kind of question knows of itself. `Q` is the question with its key, as an attempt keeps it; `P` is what of it
 * may be shown before it is answered.
 */
export interface Kind<Q extends Common, P> {
  /** The same question with what has no order of its own in another order, under names that tell nothing. */
  shuffled(question: Q, random: Random): Q
  /** It names what it shows, so that nothing new slips out. */
  paper(question: Q, answer: Answer): P
  /** Of what was posted, what this question asks for, in the shape of an answer; empty where nothing was given. */
  clean(question: Q, posted: Answer): Answer
  /** How many of its parts are open still. */
  open(question: Q, answer: Answer): number
  /** An answer that earns all. */
  key(question: Q): Answer
  /** The share of its points that an answer earns, from 0 to 1, hints aside. */
  credit(question: Q, answer: Answer): number
  /**
   * Today's question, in the order and under the names of one that was asked, so that an answer to that one is marked
   * by today's key; null where something else is asked now.
   */
  asAsked(today: Q, asked: Q): Q | null
  /** What may be shown of a marked answer. */
  reviewed(question: Q, answer: Answer, withKey: boolean): Reviewed
  /** What is to be said to it, Markdown, in order. */
  said(question: Q, answer: Answer, withKey: boolean): readonly string[]
}

/** Whether both say the same, in any order. */
export const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && new Set([...one, ...other]).size === new Set(one).size

/** `a`, `b`, …: the name of the thing at this place. */
export const letter = (index: number): string => String.fromCharCode(97 + index)

/** Fisher and Yates's shuffle (Knuth, TAOCP 2, 3.4.2, algorithm P): every order as likely as any other. */
export function inRandomOrder<T>(things: readonly T[], random: Random): T[] {
  const shuffled = [...things]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!]
  }
  return shuffled
}

/** The same numbers each time for the same words: an order that tells nothing and stays. */
export function randomFrom(words: string): Random {
  // FNV-1a, then a step of xorshift for each number.
  let state = 2_166_136_261
  for (let at = 0; at < words.length; at++) state = Math.imul(state ^ words.charCodeAt(at), 16_777_619)
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
