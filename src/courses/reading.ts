import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { reading } from '../../db/schema/courses.ts'
import type { Content } from '../authoring/content.ts'
import { refreshDue } from '../authoring/revisions.ts'
import { Conflict, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit, type AuditAction } from '../record/audit.ts'
import { openModule } from './access.ts'
import type { Module } from './course.ts'

export const readInput = z.object({
  module: z.string().max(200),
  /** When the page was opened, in milliseconds since 1970. */
  opened: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .optional()
    .catch(undefined),
  /** They were asked whether they have read it, and have. */
  confirmed: z.literal('yes').optional().catch(undefined),
})

export const readChangesInput = readInput.pick({ module: true })

/** What goes with "I have read this": when the page was opened, and whether they were asked again and said yes. */
export type Said = { opened?: Date | undefined; confirmed?: boolean }

/**
 * Notes that a person has read a module to its end. Who says so very soon is asked once whether they have, and their
 * word is taken: they may read fast, or have listened to it. Who calls this reviews their standing next.
 * @throws NotFound, Forbidden; Invalid with the question, where it is to be asked
 */
export async function markRead(
  tx: Tx,
  content: Content,
  person: Person,
  moduleId: string,
  { opened, confirmed = false }: Said,
  now = new Date(),
): Promise<void> {
  const { module, progress } = await openModule(tx, content, person, moduleId)
  if (progress.readings.get(module.id)?.version === module.version) return
  if (!confirmed && isSoon(module, opened, now)) throw new Invalid({ opened: whetherRead(module) })
  await keep(tx, person, module, confirmed, 'module.read')
}

/**
 * Notes that a person has read what changed in a module that they had finished.
 * @throws NotFound, Forbidden; Conflict where nothing is asked of them
 */
export async function markChangesRead(
  tx: Tx,
  content: Content,
  person: Person,
  moduleId: string,
): Promise<void> {
  const { module, progress } = await openModule(tx, content, person, moduleId)
  const known = progress.readings.get(module.id)?.version
  if (known === module.version) return
  if (known === undefined || !refreshDue(module, known))
    throw new Conflict('There is nothing in this module that you are asked to look at again.')
  await keep(tx, person, module, true, 'module.changes_read')
}

const isSoon = ({ readTime }: Module, opened: Date | undefined, now: Date) =>
  opened === undefined || now.getTime() - opened.getTime() < readTime

/** What somebody is asked who says very soon that they have read it. */
export const whetherRead = ({ minutes }: Pick<Module, 'minutes'>) =>
  `It takes most people about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}. Have you read it, or did somebody read it to you?`

async function keep(tx: Tx, person: Person, { id, version }: Module, confirmed: boolean, said: AuditAction) {
  const [row] = await tx
    .insert(reading)
    .values({ personId: person.id, module: id, version, confirmed })
    .onConflictDoNothing()
    .returning()
  if (row) await audit(tx, person, said, { module: id, version, confirmed })
}
