import { type ActionAPIContext, defineAction } from 'astro:actions'
import type { z } from 'zod'
import { db, type Tx } from '../../db/client.ts'
import { signedIn } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { limit } from '../people/rate-limit.ts'
import { readForm } from './form.ts'
import { type Done, once } from './once.ts'

export type { Done } from './once.ts'

/**
 * The one door for writes: a schema for what is posted, a person who is signed in, one transaction for all that
 * the write does, done once for each press of the button.
 *
 * Whatever the verb throws is kept for the middleware, which answers with the same page, its errors and every
 * word that was typed (`Invalid`, `Conflict`), 403, or 404. What a browser writes by itself, such as a draft, is
 * limited apart, so that it never takes from what the person writes.
 */
export function formAction<S extends z.ZodObject>(
  schema: S,
  verb: (tx: Tx, person: Person, values: z.output<S>, context: ActionAPIContext) => Promise<Done>,
  { limited = 'write' }: { limited?: 'write' | 'draft' | 'read-mark' } = {},
) {
  return door(async (form, context) => {
    const person = signedIn(context.locals)
    await limit(limited, String(person.id))
    const values = readForm(schema, form)
    return once(person, context.url.searchParams.get('_action') ?? '', form, tx =>
      verb(tx, person, values, context),
    )
  })
}

/** The door for those who are not signed in: the same, but for the person and the key. */
export function guestAction<S extends z.ZodObject>(
  schema: S,
  verb: (tx: Tx, values: z.output<S>, context: ActionAPIContext) => Promise<Done>,
) {
  return door(async (form, context) => {
    const values = readForm(schema, form)
    return db().transaction(tx => verb(tx, values, context))
  })
}

function door(handle: (form: FormData, context: ActionAPIContext) => Promise<Done>) {
  return defineAction({
    accept: 'form',
    handler: async (form: FormData, context: ActionAPIContext): Promise<null> => {
      context.locals.written = await attempt(form, context, handle)
      return null
    },
  })
}

/** What became of a write: done, or the error and the form as it was posted. Astro would swallow what is thrown. */
export type Written = { done: Done } | { error: unknown; form: FormData }

async function attempt(
  form: FormData,
  context: ActionAPIContext,
  handle: (form: FormData, context: ActionAPIContext) => Promise<Done>,
): Promise<Written> {
  try {
    return { done: await handle(form, context) }
  } catch (error) {
    return { error, form }
  }
}
