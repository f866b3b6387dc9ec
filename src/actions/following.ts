import { z } from 'zod'
import { content } from '../authoring/content.ts'
import { catchUp } from '../following/catch-up.ts'
import { follow, levels } from '../following/follow.ts'
import { noteRead, readAll } from '../following/read.ts'
import { formAction } from './form-action.ts'

const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

const seenInput = z.object({ discussion: id, upTo: id })
const readInput = seenInput.extend({ posts: z.array(id).max(200) })
const followInput = z.object({ discussion: id, level: z.enum(levels) })

export const following = {
  /** Sent by the page itself, as posts come into sight. */
  read: formAction(
    readInput,
    async (tx, person, values) => {
      await noteRead(tx, content(), person, values)
      return { redirect: '/new' }
    },
    { limited: 'read-mark' },
  ),

  readAll: formAction(seenInput, async (tx, person, values) => {
    await readAll(tx, content(), person, values)
    return { flash: 'Everything that was here is marked as read.' }
  }),

  catchUp: formAction(z.object({ upTo: id }), async (tx, person, values) => {
    await catchUp(tx, person, values)
    return { redirect: '/new', flash: 'You are up to date.' }
  }),

  follow: formAction(followInput, async (tx, person, values) => {
    await follow(tx, person, values)
    return { flash: said[values.level] }
  }),
}

const said = {
  watching: 'You are watching this discussion: you hear when something new is posted.',
  normal: 'You hear from this discussion when somebody mentions or answers you.',
  muted: 'This discussion is muted: you hear nothing from it.',
}
