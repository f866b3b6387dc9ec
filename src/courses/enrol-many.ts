import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { ensure, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { idsByHandle } from '../people/handles.ts'
import { canRunProgramme } from '../people/policy.ts'
import { cohortById } from './cohorts.ts'
import { enrol } from './enrolment.ts'

export const enrolManyInput = z.object({
  cohortId: z.coerce.number().int().positive(),
  /** One a line, or with commas between. */
  handles: z.string().trim().min(1).max(10_000),
})

/**
 * Enrols the people with these handles in a cohort, all or none.
 * @returns how many they are
 * @throws Forbidden, NotFound; Invalid naming each line that is nobody's handle
 */
export async function enrolMany(
  tx: Tx,
  admin: Person,
  { cohortId, handles }: z.output<typeof enrolManyInput>,
): Promise<number> {
  ensure(canRunProgramme(admin))
  await cohortById(tx, admin, cohortId)
  const wanted = handles.split('\n').flatMap((line, index) =>
    line
      .split(/[\s,;]+/)
      .map(handle => handle.replace(/^@/, '').toLowerCase())
      .filter(Boolean)
      .map(handle => ({ handle, line: index + 1 })),
  )
  const ids = await idsByHandle(
    tx,
    wanted.map(({ handle }) => handle),
  )
  const nobody = wanted.filter(({ handle }) => !ids.has(handle))
  if (nobody.length > 0)
    throw new Invalid({
      handles: nobody.map(({ handle, line }) => `Line ${line}: nobody has the handle @${handle}.`).join(' '),
    })
  // In the order of their ids, so that two who enrol the same people at once do not lock each other out.
  const people = [...new Set(ids.values())].toSorted((a, b) => a - b)
  for (const personId of people) await enrol(tx, admin, { cohortId, personId })
  return people.length
}
