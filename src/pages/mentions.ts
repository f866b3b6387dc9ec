import type { APIRoute } from 'astro'
import { z } from 'zod'
import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { mentionable } from '../discussions/composer/mentionable.ts'
import { Invalid, signedIn } from '../errors.ts'
import { limit } from '../people/rate-limit.ts'

const asked = z.object({
  cohort: z.coerce.number().int().positive().nullable(),
  q: z.string().trim().min(1).max(40),
})

/** Whom a writer may mean, as they type: a small list for the script of the composer. */
export const GET: APIRoute = async ({ locals, url }) => {
  const person = signedIn(locals)
  await limit('mentions', String(person.id))
  const { data } = asked.safeParse({
    cohort: url.searchParams.get('cohort') || null,
    q: url.searchParams.get('q') ?? '',
  })
  if (!data) throw new Invalid({ '': 'Please ask for the beginning of a handle.' })
  return Response.json(await mentionable(db(), content(), person, { cohortId: data.cohort, begins: data.q }))
}
