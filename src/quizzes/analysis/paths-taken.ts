import type { Scene } from '../questions/scene.ts'
import { mean } from './mean.ts'
import type { Seen } from './seen.ts'

interface ChoiceMade {
  /** Markdown. */
  text: string
  /** From 0, harmful, to 3, what we hope for. */
  worth: number
  people: number
}

/** A turn as those who came to it played it. */
export interface TurnPlayed {
  name: string
  /** What was said before, in one line; null where nothing was. */
  says: string | null
  people: number
  choices: readonly ChoiceMade[]
}

/** A way through the scene. */
export interface PathTaken {
  /** What was chosen, turn by turn, Markdown. */
  steps: readonly string[]
  people: number
  /** The mean share of the points that it earned, hints taken off. */
  share: number
}

export interface PathsTaken {
  as: 'scene'
  turns: readonly TurnPlayed[]
  paths: readonly PathTaken[]
  /** How many ways people went in all. */
  ways: number
}

const mostPaths = 5

/** The commonest ways through a scene, and how the choices of each turn were spread over those who came to it. */
export function pathsTaken(scene: Scene, seen: readonly Seen[]): PathsTaken {
  const made = new Map<string, Map<string, number>>()
  const paths = new Map<string, { steps: string[]; shares: number[] }>()
  for (const one of seen) {
    const steps = stepsOf(one)
    for (const { turn, text } of steps) {
      const choices = made.get(turn) ?? new Map<string, number>()
      made.set(turn, choices.set(text, (choices.get(text) ?? 0) + 1))
    }
    if (steps.length === 0) continue
    const key = JSON.stringify(steps)
    const path = paths.get(key) ?? { steps: steps.map(({ text }) => text), shares: [] }
    path.shares.push(one.share)
    paths.set(key, path)
  }
  return {
    ...{ as: 'scene', ways: paths.size },
    turns: Object.entries(scene.turns).map(([name, turn]) => played(name, turn, made.get(name))),
    paths: [...paths.values()]
      .map(({ steps, shares }) => ({ steps, people: shares.length, share: mean(shares) ?? 0 }))
      .sort((a, b) => b.people - a.people)
      .slice(0, mostPaths),
  }
}

function played(
  name: string,
  { says, choices }: Scene['turns'][string],
  made: ReadonlyMap<string, number> = new Map(),
): TurnPlayed {
  const last = says.at(-1)
  return {
    ...{ name, says: last ? (last.by ? `${last.by}: ${last.words}` : last.words) : null },
    people: [...made.values()].reduce((sum, one) => sum + one, 0),
    choices: choices.map(({ text, worth }) => ({ text, worth, people: made.get(text) ?? 0 })),
  }
}

/** The choices of one person with the turns at which they made them. */
function stepsOf({ question, answer }: Seen): { turn: string; text: string }[] {
  if (question.kind !== 'chat') return []
  const steps: { turn: string; text: string }[] = []
  let turn: string | undefined = question.start
  for (const id of answer) {
    const choice: Scene['turns'][string]['choices'][number] | undefined =
      turn === undefined ? undefined : question.turns[turn]?.choices.find(one => one.id === id)
    if (turn === undefined || !choice) break
    steps.push({ turn, text: choice.text })
    turn = choice.next
  }
  return steps
}
