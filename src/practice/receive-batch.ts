import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { audit, auditEach } from '../record/audit.ts'
import { type BatchAnswer, batchItem, type BatchItem, type ItemAnswer } from './batch.ts'
import { todayIn } from './evidence-rules.ts'

/** An item that can be taken, with its place in the batch and whose it is. */
interface Sound extends BatchItem {
  index: number
  personId: number
  supervisorId: number | null
}

type Fact = Pick<Sound, 'personId' | 'kind'>

const nameOf = ({ source, externalId }: { source: string; externalId: string }) => `${source}\0${externalId}`

/**
 * Takes in a batch from the platform. What it sent before is known by `source` and `externalId` and is not counted
 * again, within one batch too. All is done set by set, however long the batch.
 * Who calls this reviews the standings of `people` next.
 */
export async function receiveBatch(
  tx: Tx,
  content: Content,
  token: { id: number; name: string },
  items: readonly unknown[],
): Promise<{ answer: BatchAnswer; people: number[] }> {
  const { sound, refused } = await sift(tx, content, items)
  const first = new Map<string, Sound>()
  for (const item of sound) if (!first.has(nameOf(item))) first.set(nameOf(item), item)

  const fresh = await insertNew(tx, [...first.values()])
  const facts = await factsBefore(
    tx,
    [...first].filter(([name]) => !fresh.has(name)).map(([, item]) => item),
  )
  const answers = sound.map(item => {
    const name = nameOf(item)
    if (fresh.has(name) && first.get(name) === item) return answerTo(item, 'accepted')
    return isSame(item, facts.get(name) ?? first.get(name)!)
      ? answerTo(item, 'known')
      : answerTo(item, 'refused', 'This source has sent another fact under the same externalId.')
  })
  const all = [...refused, ...answers].sort((a, b) => a.index - b.index)
  const counts = countsOf(all)
  const taken = [...first].filter(([name]) => fresh.has(name)).map(([, item]) => item)
  await noteReceipt(tx, token, counts, taken)
  return { answer: { ...counts, items: all }, people: [...new Set(taken.map(({ personId }) => personId))] }
}

/** Parts the items that can be taken from those that can't, with the reason. */
async function sift(tx: Tx, content: Content, items: readonly unknown[]) {
  const today = todayIn('UTC')
  const refused: ItemAnswer[] = []
  const shaped: (BatchItem & { index: number })[] = []
  items.forEach((item, index) => {
    const { data, error } = batchItem.safeParse(item)
    const reason = data ? reasonAgainst(content, data, today) : reasonOf(error)
    if (data && !reason) shaped.push({ ...data, index })
    else refused.push({ index, externalId: externalIdOf(item), status: 'refused', reason: reason ?? '' })
  })
  const people = await peopleByHandle(
    tx,
    shaped.flatMap(({ person, supervisor = person }) => [handleOf(person), handleOf(supervisor)]),
  )
  const sound: Sound[] = []
  for (const item of shaped) {
    const nobody = [item.person, item.supervisor ?? item.person].find(one => !people.has(handleOf(one)))
    const personId = people.get(handleOf(item.person))!
    const supervisorId = item.supervisor === undefined ? null : people.get(handleOf(item.supervisor))!
    if (nobody !== undefined)
      refused.push(answerTo(item, 'refused', `There is nobody called @${handleOf(nobody)}.`))
    else if (personId === supervisorId)
      refused.push(answerTo(item, 'refused', 'Nobody stands by their own practice.'))
    else sound.push({ ...item, personId, supervisorId })
  }
  return { sound, refused }
}

function reasonAgainst(
  content: Content,
  { kind, role, occurredOn, supervisor }: BatchItem,
  today: string,
): string | undefined {
  const known = content.evidenceKind(kind)
  if (!known) return `There is no kind of evidence called ${kind}.`
  if (role !== '' && !known.roles.includes(role))
    return known.roles.length === 0
      ? `${kind} has no roles.`
      : `role must be one of ${known.roles.join(', ')}, or be left out.`
  if (supervisor !== undefined && known.supervisedBy.length === 0)
    return `Hours of ${kind} are not counted: leave supervisor and minutes out.`
  if (occurredOn > today) return 'occurredOn lies in the future.'
  return undefined
}

const reasonOf = (error: { issues: readonly { path: PropertyKey[]; message: string }[] }) =>
  error.issues
    .map(({ path, message }) => [...path, message.replaceAll('\n', '. ')].map(String).join(': '))
    .join('; ')

function externalIdOf(item: unknown): string | null {
  if (typeof item !== 'object' || item === null || !('externalId' in item)) return null
  return typeof item.externalId === 'string' ? item.externalId : null
}

const handleOf = (person: string) => person.replace(/^@/, '').toLowerCase()

async function peopleByHandle(tx: Tx, handles: string[]): Promise<Map<string, number>> {
  const rows = await tx.execute<{ id: string; handle: string }>(sql`
    select id, lower(handle) as handle from person
    where lower(handle) = any(${sql.param([...new Set(handles)])}::text[])`)
  return new Map(rows.map(({ id, handle }) => [handle, Number(id)]))
}

/**
 * Inserts what is new, always in the same order: two batches with the same facts at once wait for each other there
 * and never in a circle. @returns the names of what was inserted
 */
async function insertNew(tx: Tx, items: Sound[]): Promise<Set<string>> {
  if (items.length === 0) return new Set()
  const column = <K extends keyof Sound>(key: K) => sql.param(items.map(item => item[key] ?? null))
  const rows = await tx.execute<{ source: string; external_id: string }>(sql`
    insert into evidence (person_id, kind, source, external_id, occurred_on, count, place, role, supervisor_id, minutes,
      state, decided_at)
    select person_id, kind, source, external_id, occurred_on::date, count, place, role, supervisor_id, minutes,
      'confirmed', now()
    from unnest(
      ${column('personId')}::bigint[], ${column('kind')}::text[], ${column('source')}::text[],
      ${column('externalId')}::text[], ${column('occurredOn')}::text[], ${column('count')}::int[],
      ${column('place')}::text[], ${column('role')}::text[], ${column('supervisorId')}::bigint[],
      ${column('minutes')}::int[]
    ) as item(person_id, kind, source, external_id, occurred_on, count, place, role, supervisor_id, minutes)
    order by source, external_id
    on conflict (source, external_id) do nothing
    returning source, external_id`)
  return new Set(rows.map(row => nameOf({ source: row.source, externalId: row.external_id })))
}

/** Whose and of what kind these facts are, as they were received before. */
async function factsBefore(tx: Tx, items: Sound[]): Promise<Map<string, Fact>> {
  if (items.length === 0) return new Map()
  const rows = await tx.execute<{ source: string; external_id: string; person_id: string; kind: string }>(sql`
    select e.source, e.external_id, e.person_id, e.kind
    from unnest(${sql.param(items.map(({ source }) => source))}::text[],
      ${sql.param(items.map(({ externalId }) => externalId))}::text[]) as asked(source, external_id)
    join evidence e on e.source = asked.source and e.external_id = asked.external_id`)
  return new Map(
    rows.map(row => [
      nameOf({ source: row.source, externalId: row.external_id }),
      { personId: Number(row.person_id), kind: row.kind },
    ]),
  )
}

const isSame = (a: Fact, b: Fact) => a.personId === b.personId && a.kind === b.kind

const answerTo = (
  { index, externalId }: { index: number; externalId: string },
  status: ItemAnswer['status'],
  reason?: string,
): ItemAnswer => ({ index, externalId, status, ...(reason !== undefined && { reason }) })

function countsOf(answers: readonly ItemAnswer[]) {
  const counts = { accepted: 0, known: 0, refused: 0 }
  for (const { status } of answers) counts[status]++
  return counts
}

/** One line for the batch, and one for each person whom it brought something. */
async function noteReceipt(
  tx: Tx,
  token: { id: number; name: string },
  counts: Omit<BatchAnswer, 'items'>,
  taken: Sound[],
) {
  const from = { token: token.id, name: token.name }
  await audit(tx, null, 'evidence.received', { ...from, ...counts })
  const theirs = Map.groupBy(taken, ({ personId }) => personId)
  await auditEach(
    tx,
    null,
    'evidence.received',
    [...theirs].map(([subject, items]) => ({
      subject,
      details: { ...from, kinds: totals(items) },
    })),
  )
}

function totals(items: Sound[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { kind, count } of items) sums[kind] = (sums[kind] ?? 0) + count
  return sums
}
