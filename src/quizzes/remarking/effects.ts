import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { ensure, found } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canRemark } from '../policy.ts'
import { type Anew, markAnew, type Marked } from './mark-anew.ts'

/** An attempt that today's keys mark otherwise. */
export interface Effect {
  attempt: number
  person: { id: number; handle: string; displayName: string }
  before: { score: number; passed: boolean }
  now: Anew
  outOf: number
}

/** What marking a quiz anew would do. */
export interface Effects {
  /** Ids of the questions whose key or marking has changed. */
  changed: string[]
  /** Ids of questions that ask something else now under the same name, with how many attempts saw what they asked. */
  other: ReadonlyMap<string, number>
  /** Attempts in which a changed question was asked, the one that gains most first. */
  effects: Effect[]
  /** Tells these effects from any others: what was seen is what is done. */
  fingerprint: string
}

/** At most so many attempts are marked anew in one go. */
export const mostRemarked = 20_000

type Row = Marked & {
  id: string
  person_id: string
  handle: string
  display_name: string
  pass_mark: number
  out_of: number
}

/** @throws Forbidden; NotFound where there is no such quiz */
export async function effectsOf(
  db: Queryable,
  content: Content,
  admin: Person,
  quizId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<Effects> {
  ensure(canRemark(admin))
  const today = new Map(found(content.quiz(quizId)).questions.map(question => [question.id, question]))
  const rows = await db.execute<Row & Record<string, unknown>>(sql`
    select a.id, a.person_id, p.handle, p.display_name, a.questions, a.answers, a.hints, a.rules, a.pass_mark,
      a.score, a.passed, a.out_of
    from attempt a join person p on p.id = a.person_id
    where a.quiz = ${quizId} and a.submitted_at is not null
    order by a.id desc limit ${mostRemarked} ${lock ? sql`for update of a` : sql``}`)
  const changed = new Set<string>()
  const other = new Map<string, number>()
  const effects: Effect[] = []
  for (const row of rows) {
    const now = markAnew({ ...row, passMark: row.pass_mark }, today)
    for (const id of now?.other ?? []) other.set(id, (other.get(id) ?? 0) + 1)
    if (!now || now.changed.length === 0) continue
    for (const id of now.changed) changed.add(id)
    effects.push({
      attempt: Number(row.id),
      person: { id: Number(row.person_id), handle: row.handle, displayName: row.display_name },
      before: { score: row.score, passed: row.passed },
      ...{ now, outOf: row.out_of },
    })
  }
  effects.sort((a, b) => gain(b) - gain(a) || a.attempt - b.attempt)
  return { changed: [...changed].toSorted(), other, effects, fingerprint: fingerprintOf(effects) }
}

/** Points that an attempt gains, or loses where it is below 0. */
export const gain = ({ before, now }: Effect): number => now.score - before.score

/** Whether an attempt's points change at all. */
export const isMoved = (effect: Effect): boolean => Math.abs(gain(effect)) > 1e-9

function fingerprintOf(effects: readonly Effect[]): string {
  const hash = createHash('sha256')
  for (const { attempt, now } of effects.toSorted((a, b) => a.attempt - b.attempt))
    hash.update(`${attempt} ${now.score} ${now.passed} ${JSON.stringify(now.questions)}\n`)
  return hash.digest('base64url').slice(0, 22)
}
