import type { z } from 'zod'
import { inWords } from '../../authoring/wording.ts'
import { type Question, questionSchema } from '../questions/question.ts'

/** Something in a file from elsewhere that does not come in, or not as it was. */
export type Skip = {
  /** From 1; of a package, the line in the item that `reason` names. */
  readonly line: number
  /** What is in the way, a clause without a full stop. */
  readonly reason: string
  /** What one can do, in sentences. */
  readonly remedy: string
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never

/** A question as an author would write it, its id still to be made. */
export type Draft = WithoutId<z.input<typeof questionSchema>>

export type Found = {
  readonly line: number
  /** What its author called it; empty where they did not. */
  readonly name: string
  readonly draft: Draft
  /** The same, as the site keeps it. */
  readonly question: Question
  /** What it had besides that we can't keep as it was. */
  readonly parts: readonly Skip[]
}

/** What a parser made of a file: nothing of it is lost without a word. */
export type Reading = { readonly found: readonly Found[]; readonly skipped: readonly Skip[] }

/** What can't be taken, thrown by whatever reads a part and told at the question around it. */
export class Refusal extends Error {
  readonly remedy: string
  readonly line: number | undefined

  constructor(reason: string, remedy: string, line?: number) {
    super(reason)
    this.remedy = remedy
    this.line = line
  }
}

/** The most questions that one file may bring. */
export const mostQuestions = 5000

/** Gathers what is read, question by question, each checked as if it stood in `content/`. */
export class Gathering {
  readonly found: Found[] = []
  readonly skipped: Skip[] = []

  /** Reads one question; what it refuses is told with its line. */
  take(line: number, read: (part: Note) => { name: string; draft: Draft } | null): void {
    const parts: Skip[] = []
    const note: Note = (reason, remedy, at) => {
      parts.push({ line: at ?? line, reason, remedy })
    }
    try {
      if (this.found.length >= mostQuestions) throw tooMany()
      const read_ = read(note)
      if (!read_) return
      const { name } = read_
      const draft = confessed(read_.draft)
      this.found.push({ line, name, draft, question: checked(draft), parts })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.skipped.push({ line: error.line ?? line, reason: error.message, remedy: error.remedy })
    }
  }

  skip(line: number, reason: string, remedy: string): void {
    this.skipped.push({ line, reason, remedy })
  }
}

/** Tells of a part of a question that is left out or comes in otherwise than it was. */
export type Note = (reason: string, remedy: string, line?: number) => void

const tooMany = () =>
  new Refusal(
    `is beyond the ${mostQuestions.toLocaleString('en')} questions that one file may bring`,
    'Import it in several files.',
  )

/** Where nothing explains the answer, the question says so itself. */
function confessed(draft: Draft): Draft {
  if (draft.kind === 'chat' || draft.feedback !== undefined) return draft
  const explained = 'options' in draft && draft.options.every(({ feedback }) => feedback !== undefined)
  return explained ? draft : { ...draft, unexplained: true }
}

/** @throws Refusal in the words of the content check */
function checked(draft: Draft): Question {
  const reading = questionSchema.safeParse({ id: 'imported', ...draft }, { error: inWords })
  if (reading.success) return reading.data
  const { path, message } = reading.error.issues[0]!
  const [predicate = '', remedy = ''] = message.split('\n')
  const where = path.map(key => (typeof key === 'number' ? key + 1 : String(key))).join(' ')
  throw new Refusal(`its \`${where}\` ${predicate}`, remedy || 'Change it in the file, and import it again.')
}

/** Answers and options as authors write them, without what is not said. */
export const said = <T extends Record<string, unknown>>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as T
