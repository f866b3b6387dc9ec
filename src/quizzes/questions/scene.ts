import { z } from 'zod'
import { markdown, slug } from '../../authoring/text.ts'
import {
  type Answer,
  type Common,
  commonFields,
  inRandomOrder,
  type Kind,
  letter,
  type Line,
  type PlayedTurn,
  sameSet,
} from './kind.ts'

type SceneChoice = {
  readonly id: string
  /** Markdown: what one types or does. */
  readonly text: string
  /** From 0, harmful, to 3, what we hope for. */
  readonly worth: number
  /** What the room does then. */
  readonly then: readonly Line[]
  /** Markdown. */
  readonly coaching: string
  /** The next turn; undefined where the scene ends. */
  readonly next: string | undefined
}

type Turn = { readonly says: readonly Line[]; readonly choices: readonly SceneChoice[] }

/** A simulated room, in which one answers as its moderator, turn by turn. */
export type Scene = Common & {
  readonly kind: 'chat'
  /** The first turn. */
  readonly start: string
  readonly turns: Readonly<Record<string, Turn>>
}

/** An answer has the ids of the choices made so far, in their order. What was not reached is not shown. */
export type ScenePaper = {
  readonly kind: 'chat'
  readonly played: readonly PlayedTurn[]
  /** The turn that is open; null where the scene has ended. */
  readonly turn: {
    readonly says: readonly Line[]
    readonly choices: readonly { readonly id: string; readonly text: string }[]
  } | null
}

const narrator = 'room'

const lineSchema = z
  .record(z.string().regex(/^[a-z0-9-]{1,30}$/), z.string().trim().min(1).max(400))
  .refine(said => Object.keys(said).length === 1, { error: 'is not one line\nWrite `handle: words`.' })
  .transform((said): Line => {
    const [[by, words] = ['', '']] = Object.entries(said)
    return { by: by === narrator ? null : by, words }
  })

const lines = z.array(lineSchema).max(12).default([])

const turnSchema = z.strictObject({
  says: lines.describe(
    'what is said before one acts, oldest first: `handle: words`, or `room: …` for what happens',
  ),
  choices: z
    .array(
      z.strictObject({
        text: markdown(400).describe('what one types or does, Markdown'),
        points: z.int().min(0).max(3).describe('0 harmful, 1 weak, 2 fair, 3 what we hope for'),
        then: lines.describe('what the room does then'),
        coaching: markdown(600).describe('what this did, and why'),
        next: slug.optional().describe('the turn that follows; leave out where the scene ends'),
      }),
    )
    .min(2)
    .max(5)
    .describe('what one can do'),
})

export const sceneSchema = z.strictObject({
  ...commonFields,
  kind: z.literal('chat'),
  start: slug.optional().describe('the first turn; the one that stands first where left out'),
  turns: z.record(slug, turnSchema).describe('the turns of the scene, by name'),
})

type Written = z.output<typeof sceneSchema>

const startOf = ({ start, turns }: Pick<Written, 'start' | 'turns'>) => start ?? Object.keys(turns)[0] ?? ''

/** Every turn is there, can be reached, and comes to an end. */
export function checkScene(written: Written, ctx: z.RefinementCtx): void {
  const { turns } = written
  const wrong = (path: PropertyKey[], message: string) => ctx.addIssue({ code: 'custom', path, message })
  const names = Object.keys(turns)
  const start = startOf(written)
  if (names.length === 0 || names.length > 20) {
    wrong(['turns'], `are ${names.length}, and a scene has 1 to 20\nWrite fewer, or split the scene.`)
    return
  }
  if (!turns[start]) {
    wrong(['start'], `is '${start}', which is no turn of the scene\nName one of its turns.`)
    return
  }

  for (const [name, { choices }] of Object.entries(turns)) {
    choices.forEach(({ next }, index) => {
      if (next !== undefined && !turns[next])
        wrong(
          ['turns', name, 'choices', index, 'next'],
          `is '${next}', which is no turn of the scene\nName one of its turns, or leave \`next\` out where the scene ends.`,
        )
    })
    if (!choices.some(({ points }) => points === 3))
      wrong(['turns', name, 'choices'], 'have no answer that we hope for\nGive one of them 3 points.')
  }
  const reached = reachedFrom(start, turns)
  for (const name of names)
    if (!reached.has(name))
      wrong(['turns', name], 'is never reached\nLet a choice lead to it with `next`, or take it out.')
  const round = roundIn(start, turns)
  if (round)
    wrong(['turns', round], 'comes round to itself, so the scene may never end\nLead on to another turn.')
}

type Graph = Readonly<Record<string, { readonly choices: readonly { readonly next?: string | undefined }[] }>>

const nextOf = (turns: Graph, name: string) =>
  (turns[name]?.choices ?? []).flatMap(({ next }) => (next !== undefined && turns[next] ? [next] : []))

function reachedFrom(start: string, turns: Graph, reached = new Set<string>()): Set<string> {
  if (reached.has(start)) return reached
  reached.add(start)
  for (const next of nextOf(turns, start)) reachedFrom(next, turns, reached)
  return reached
}

/** A turn that can be reached from itself, or undefined. */
function roundIn(start: string, turns: Graph): string | undefined {
  const [done, under] = [new Set<string>(), new Set<string>()]
  const visit = (name: string): string | undefined => {
    if (under.has(name)) return name
    if (done.has(name)) return undefined
    under.add(name)
    for (const next of nextOf(turns, name)) {
      const round = visit(next)
      if (round !== undefined) return round
    }
    under.delete(name)
    done.add(name)
    return undefined
  }
  return visit(start)
}

export const asScene = ({ turns, start: _, ...written }: Written): Scene => ({
  ...written,
  start: startOf({ start: _, turns }),
  turns: Object.fromEntries(
    Object.entries(turns).map(([name, { says, choices }]) => [
      name,
      {
        says,
        choices: choices.map(({ points, next, ...choice }, index) => ({
          ...choice,
          id: letter(index),
          worth: points,
          next,
        })),
      },
    ]),
  ),
})

/** The turns that an answer has played, and the one that is open then. */
function play({ start, turns }: Scene, answer: Answer) {
  const played: { turn: Turn; choice: SceneChoice }[] = []
  let open: Turn | undefined = turns[start]
  for (const id of answer) {
    const choice: SceneChoice | undefined = open?.choices.find(one => one.id === id)
    if (!open || !choice) break
    played.push({ turn: open, choice })
    open = choice.next === undefined ? undefined : turns[choice.next]
  }
  return { played, open }
}

/** What the best choice of a turn is worth. */
const best = ({ choices }: Turn) => Math.max(...choices.map(({ worth }) => worth))

/** The best choice of each turn that it leads to. */
function bestPath(turns: Scene['turns'], name: string | undefined): string[] {
  const turn = name === undefined ? undefined : turns[name]
  const choice = turn?.choices.find(({ worth }) => worth === best(turn))
  return choice ? [choice.id, ...bestPath(turns, choice.next)] : []
}

const turnsPlayed = (scene: Scene, answer: Answer, withCoaching: boolean): PlayedTurn[] =>
  play(scene, answer).played.map(({ turn, choice }) => ({
    ...{ before: turn.says, chosen: choice.text, after: choice.then },
    coaching: withCoaching ? choice.coaching : undefined,
  }))

export const scene: Kind<Scene, ScenePaper> = {
  shuffled: (question, random) => ({
    ...question,
    turns: Object.fromEntries(
      Object.entries(question.turns).map(([name, turn]) => [
        name,
        {
          ...turn,
          choices: inRandomOrder(turn.choices, random).map((choice, index) => ({
            ...choice,
            id: letter(index),
          })),
        },
      ]),
    ),
  }),
  paper: (question, answer) => {
    const { open } = play(question, answer)
    return {
      kind: 'chat',
      played: turnsPlayed(question, answer, false),
      turn: open ? { says: open.says, choices: open.choices.map(({ id, text }) => ({ id, text })) } : null,
    }
  },
  clean: (question, posted) => play(question, posted).played.map(({ choice }) => choice.id),
  open: (question, answer) => (play(question, answer).open ? 1 : 0),
  key: ({ start, turns }) => bestPath(turns, start),
  /**
   * What the choices made are worth, of the best of the turns that one came to: so that a way round, on which a weak
   * choice is made good, earns less than the straight one. A turn left open counts as one that earned nothing.
   */
  credit: (question, answer) => {
    const { played, open } = play(question, answer)
    const earned = played.reduce((sum, { choice }) => sum + choice.worth, 0)
    const turns = [...played.map(({ turn }) => turn), ...(open ? [open] : [])]
    return earned / turns.reduce((sum, turn) => sum + best(turn), 0)
  },
  asAsked(today, asked) {
    const shape = ({ start, turns }: Scene) => [
      start,
      ...Object.entries(turns).flatMap(([name, { choices }]) =>
        choices.map(({ text, next }) => `${name} ${text} ${next}`),
      ),
    ]
    if (!sameSet(shape(today), shape(asked))) return null
    const inOrder = (name: string, { says, choices }: Turn): Turn => {
      const present = new Map(choices.map(choice => [choice.text, choice]))
      return {
        says,
        choices: (asked.turns[name]?.choices ?? []).map(({ id, text }) => ({ ...present.get(text)!, id })),
      }
    }
    return {
      ...today,
      turns: Object.fromEntries(
        Object.entries(today.turns).map(([name, turn]) => [name, inOrder(name, turn)]),
      ),
    }
  },
  reviewed: (question, answer) => ({ as: 'scene', scene: turnsPlayed(question, answer, true) }),
  said: () => [],
}
