import { type SQL, sql } from 'drizzle-orm'
import { milliseconds, type Duration } from '../../authoring/duration.ts'
import { enoughOf } from '../criteria.ts'
import type { Amount, Criterion } from '../criterion.ts'
import { DAY } from '../day.ts'
import type { ModuleOutline, Outline } from '../outline.ts'

/**
 * A criterion as an SQL expression over `f`, the facts of a person (`factsOfEverybody`): the days on which it is met,
 * a `datemultirange`. The same rule as `judge`, for a whole community at once; a test holds the two to one answer.
 */
export function daysInSql(criterion: Criterion, outline: Outline): SQL {
  const days = (part: Criterion) => daysInSql(part, outline)
  switch (criterion.kind) {
    case 'all':
    case 'any':
    case 'at-least':
      return enough(criterion.criteria.map(days), enoughOf(criterion))
    case 'not':
      return sql`(${always} - ${days(criterion.criterion)})`
    case 'by-kind':
      return sql`(case f.kind when 'listener' then ${days(criterion.listener)} else ${days(criterion.member)} end)`
    case 'by-age-band':
      return sql`(case f.age_band when 'adult' then ${days(criterion.adult)} else ${days(criterion.teen)} end)`
    case 'by-track': {
      const branches = criterion.tracks.map(
        track => sql`when ${track.id}::text then ${days(track.criterion)}`,
      )
      return sql`(case f.tracks ->> ${criterion.for}::text ${sql.join(branches, sql` `)} else ${never} end)`
    }
    case 'or-earlier': {
      const { now, earlier, until, joinedBy } = criterion
      const cut = sql`${days(earlier)} * datemultirange(daterange(null, ${until}::date + 1))`
      return sql`(${days(now)} + (case when f.joined_on <= ${joinedBy}::date then ${cut} else ${never} end))`
    }
    case 'course-complete':
      return whenever(allDone(modulesOf(criterion.course, outline), toComplete))
    case 'modules-read':
      return whenever(allDone(modulesOf(criterion.course, outline), () => [{ among: 'read' }]))
    case 'reflections-passed':
      return whenever(passed(criterion, 'reflection', 'reflected', outline))
    case 'quizzes-passed':
      return whenever(passed(criterion, 'quiz', 'passed', outline))
    case 'replied':
      return whenever(replied(criterion, outline))
    case 'guides-completed':
      return criterion.within
        ? lately(sql`f.guides_on`, criterion.within, amount(criterion.count))
        : whenever(sql`cardinality(f.guides) >= ${amount(criterion.count)}`)
    case 'evidence': {
      const { evidence, count, within } = criterion
      return within
        ? lately(sql`(f.evidence_on -> ${evidence}::text)`, within, amount(count))
        : whenever(sql`coalesce((f.evidence ->> ${evidence}::text)::bigint, 0) >= ${amount(count)}`)
    }
    case 'supervised-hours': {
      const { evidence, hours, within } = criterion
      return gathered(sql`(f.supervised -> ${evidence}::text)`, within, sql`60 * ${amount(hours)}`)
    }
    case 'assessed': {
      const { checklist, count, within } = criterion
      return gathered(sql`(f.assessed -> ${checklist}::text)`, within, amount(count))
    }
    case 'application':
      return whenever(sql`${criterion.for}::text = any(f.applied)`)
    case 'endorsements': {
      const given = criterion.by.map(
        as => sql`coalesce((f.endorsed -> ${criterion.for}::text ->> ${as}::text)::int, 0)`,
      )
      return whenever(sql`${joined(given, sql` + `)} >= ${criterion.count}`)
    }
    case 'weeks-since-joining':
      return sql`datemultirange(daterange(f.joined_on + 7 * ${amount(criterion.weeks)}, null))`
    case 'weeks-holding': {
      const { since, until } = holding(criterion.badge)
      const from = sql`${since} + 7 * ${amount(criterion.weeks)}`
      return sql`(case when ${from} < coalesce(${until}, 'infinity') then datemultirange(daterange(${from}, ${until})) else ${never} end)`
    }
    case 'holds': {
      const { since, until } = holding(criterion.badge)
      return sql`(case when ${since} is null then ${never} else datemultirange(daterange(null, ${until})) end)`
    }
  }
}

const always = sql`'{(,)}'::datemultirange`
const never = sql`'{}'::datemultirange`
const whenever = (condition: SQL) => sql`(case when ${condition} then ${always} else ${never} end)`

const joined = (parts: readonly SQL[], by: SQL) => sql`(${sql.join([...parts], by)})`

/** The days on which so many of these are met: their intersection, their union, or what lies between. */
function enough(parts: readonly SQL[], count: number): SQL {
  if (count === parts.length) return joined(parts, sql` * `)
  if (count === 1) return joined(parts, sql` + `)
  const turns = sql`unnest(array[${sql.join([...parts], sql`, `)}]) as days, unnest(days) as run,
    lateral (values (coalesce(lower(run), '-infinity'), 1), (upper(run), -1)) as turn (day, change)`
  return sql`(select ${daysOfRuns(sql`${count}`)} from (${runs(turns)}) as runs)`
}

/** The days on which there is enough, of all there is or of what lies within a time; as `lately` has it. */
const gathered = (dated: SQL, within: Duration | undefined, need: SQL): SQL =>
  within
    ? lately(dated, within, need)
    : whenever(
        sql`coalesce((select sum((came ->> 1)::int) from jsonb_array_elements(${dated}) as came), 0) >= ${need}`,
      )

/** The days on which enough lie within a time, from days with how much came in on each, as JSON. */
function lately(dated: SQL, within: Duration, need: SQL): SQL {
  const days = milliseconds(within) / DAY
  const turns = sql`jsonb_array_elements(${dated}) as came,
    lateral (values ((came ->> 0)::date, (came ->> 1)::int), ((came ->> 0)::date + ${days}::int, - (came ->> 1)::int)) as turn (day, change)`
  return sql`coalesce((select ${daysOfRuns(need)} from (${runs(turns)}) as runs), ${never})`
}

/** From turns (a day, by how much it changes then) to runs: from a day until the next turn there is so much of it. */
const runs = (turns: SQL) => sql`
  select day, lead(day) over (order by day) as until, sum(sum(change)) over (order by day) as much
  from ${turns} where day is not null group by day`

const daysOfRuns = (need: SQL) => sql`
  coalesce(range_agg(daterange(nullif(day, '-infinity'), until)) filter (where much >= ${need}), ${never})`

/** Since when and until when a badge is held; null where it is not, or has no end. */
const holding = (badge: string) => ({
  since: sql`(f.holds -> ${badge}::text ->> 0)::date`,
  until: sql`(f.holds -> ${badge}::text ->> 1)::date`,
})

/** The amount that is the person's. */
function amount(written: Amount): SQL {
  if (typeof written === 'number') return sql`${written}::int`
  return 'adult' in written
    ? sql`(case f.age_band when 'adult' then ${written.adult}::int else ${written.teen}::int end)`
    : sql`(case f.kind when 'listener' then ${written.listener}::int else ${written.member}::int end)`
}

const modulesOf = (course: string, outline: Outline) => outline.courses.get(course)?.modules ?? []

/** What a module takes: that its id is in a set of `f`, or something else. */
type Condition = { readonly among: Among } | { readonly otherwise: SQL }
type Among = keyof typeof sets
const sets = {
  read: sql`f.modules_read`,
  reflected: sql`f.reflections_passed`,
  passed: sql`f.quizzes_passed`,
}

/** All that it takes to finish a module. */
export const toComplete = ({ id, completion, guides }: ModuleOutline): Condition[] => [
  ...(completion.read ? [{ among: 'read' as const }] : []),
  ...(completion.reflected ? [{ among: 'reflected' as const }] : []),
  ...(completion.quiz ? [{ among: 'passed' as const }] : []),
  ...(completion.replied > 0 ? [{ otherwise: hasReplied(id, completion.replied) }] : []),
  ...(completion.guides ? [{ otherwise: sql`${texts(guides)} <@ f.guides` }] : []),
]

type Takes = (module: ModuleOutline) => readonly Condition[]

/** Whether each of some modules is done that a person is not spared, and at least one. */
export function allDone(modules: readonly ModuleOutline[], takes: Takes): SQL {
  if (modules.length === 0) return sql`false`
  const oneDone = modules.map(module => everyOne([module], takes, sql`'{}'::text[]`))
  return sql`(${everyOne(modules, takes, sql`f.spared`)} and ${joined(oneDone, sql` or `)})`
}

/**
 * Whether each of some modules is done, or among those that are spared. What is asked of several modules alike is one
 * comparison of two arrays, several times as fast as one of each.
 */
export function everyOne(modules: readonly ModuleOutline[], takes: Takes, spared: SQL): SQL {
  const together = (Object.keys(sets) as Among[]).flatMap(among => {
    const ids = modules
      .filter(one => takes(one).some(it => 'among' in it && it.among === among))
      .map(({ id }) => id)
    return ids.length === 0 ? [] : [sql`${texts(ids)} <@ (${sets[among]} || ${spared})`]
  })
  const otherwise = modules.flatMap(one =>
    takes(one).flatMap(it =>
      'otherwise' in it ? [sql`(${it.otherwise} or ${one.id}::text = any(${spared}))`] : [],
    ),
  )
  const all = [...together, ...otherwise]
  return all.length === 0 ? sql`true` : joined(all, sql` and `)
}

const texts = (ids: readonly string[]) => sql`${sql.param([...ids])}::text[]`

const repliesIn = (module: string) => sql`coalesce((f.replies ->> ${module}::text)::int, 0)`
const hasReplied = (module: string, count: number) => sql`${repliesIn(module)} >= ${count}`

type OfPieces = Extract<Criterion, { kind: 'reflections-passed' | 'quizzes-passed' }>

function passed(
  { course, count }: OfPieces,
  piece: 'reflection' | 'quiz',
  among: Among,
  outline: Outline,
): SQL {
  if (course === undefined) return sql`cardinality(${sets[among]}) >= ${amount(count ?? 1)}`
  const modules = modulesOf(course, outline).filter(module => module[piece])
  if (count === undefined) return allDone(modules, () => [{ among }])
  const asked = texts(modules.map(({ id }) => id))
  return sql`(select count(*) from unnest(${sets[among]}) as id where id = any(${asked})) >= ${amount(count)}`
}

function replied({ course, count }: Extract<Criterion, { kind: 'replied' }>, outline: Outline): SQL {
  if (course === undefined) return sql`f.replies_in_all >= ${amount(count ?? 1)}`
  const modules = modulesOf(course, outline)
  if (count === undefined)
    return allDone(
      modules.filter(({ replies }) => replies > 0),
      ({ id, replies }) => [{ otherwise: hasReplied(id, replies) }],
    )
  const sum = joined([sql`0`, ...modules.map(({ id }) => repliesIn(id))], sql` + `)
  return sql`${sum} >= ${amount(count)}`
}
