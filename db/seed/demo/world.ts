import type { Content } from '../../../src/authoring/content.ts'
import { reviewStanding } from '../../../src/badges/review-standing.ts'
import { found } from '../../../src/errors.ts'
import { findPerson } from '../../../src/people/load-person.ts'
import type { Person } from '../../../src/people/person.ts'
import type { Tx } from '../../client.ts'
import type { Chance } from './chance.ts'
import { compose, readAnswers, readReplies } from './words.ts'

const DAY = 24 * 60 * 60_000

/** A post, as people who talk remember it. */
export interface Said {
  id: number
  by: string
  /** The reflection that it stands under, or is. */
  under: number
}

/** All that the demonstration's people live in. */
export class World {
  readonly tx: Tx
  readonly content: Content
  readonly chance: Chance
  readonly present: Date
  readonly words = readReplies()
  /** Cohort id and module to the reflections there, the oldest first. */
  readonly discussions = new Map<string, Said[]>()
  /** Reflection to the latest reply of somebody else, until its author has answered. */
  readonly unanswered = new Map<number, Said>()
  readonly #answers = new Map<string, Record<string, string[][]>>()
  readonly #people = new Map<string, Person>()

  constructor(tx: Tx, content: Content, chance: Chance, present: Date) {
    this.tx = tx
    this.content = content
    this.chance = chance
    this.present = present
  }

  /** An evening so many days before the present, in the hours when people are home. */
  evening(daysAgo: number, chance = this.chance): Date {
    const day = new Date(this.present.getTime() - daysAgo * DAY).setUTCHours(16, 0, 0, 0)
    return new Date(day + chance.between(0, 5 * 60) * 60_000 + chance.between(0, 59_999))
  }

  /** The ISO day so many days before the present. */
  day = (daysAgo: number) => new Date(this.present.getTime() - daysAgo * DAY).toISOString().slice(0, 10)

  /** A person, with the rights that they had when they were last met. */
  async person(handle: string): Promise<Person> {
    return this.#people.get(handle) ?? this.meet(handle)
  }

  /** A person as they are now, after what has changed for them. */
  async meet(handle: string): Promise<Person> {
    const person = found(await findPerson(this.tx, { handle }))
    this.#people.set(handle, person)
    return person
  }

  review = (person: { id: number }) => reviewStanding(this.tx, this.content, person.id)

  /** What somebody might answer to a module's question. */
  answerTo(course: string, slug: string): string {
    const answers = this.#answers.get(course) ?? readAnswers(course)
    this.#answers.set(course, answers)
    const parts = found(answers[slug])
    // Some say everything at once, some in paragraphs, and not everybody comes to the end.
    const spoken = this.chance.percent(20) ? parts.slice(0, -1) : parts
    return compose(this.chance, spoken, this.chance.percent(50) ? '\n\n' : ' ')
  }
}
