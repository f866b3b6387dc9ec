import type { Tx } from '../../db/client.ts'
import { reading } from '../../db/schema/courses.ts'
import type { Content } from '../authoring/content.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { openModule } from './access.ts'

/**
 * Notes that a person has read a module to its end. Who calls this reviews their standing next.
 * @throws NotFound, Forbidden
 */
export async function markRead(tx: Tx, content: Content, person: Person, moduleId: string): Promise<void> {
  const { module } = await openModule(tx, content, person, moduleId)
  const [row] = await tx
    .insert(reading)
    .values({ personId: person.id, module: module.id })
    .onConflictDoNothing()
    .returning()
  if (row) await audit(tx, person, 'module.read', { module: module.id })
}
