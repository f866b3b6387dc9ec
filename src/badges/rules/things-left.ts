import { type SQL, sql } from 'drizzle-orm'
import type { Criterion } from '../criterion.ts'
import { daysInSql } from '../everybody/in-sql.ts'
import type { Outline } from '../outline.ts'
import type { Standing } from '../standing.ts'

/** How many things are left to do, at the least: all that is open of an `all`, of a choice the least that it takes. */
export function thingsLeft(standing: Standing): number {
  if (standing.met) return 0
  switch (standing.kind) {
    case 'all':
      return standing.criteria.reduce((sum, part) => sum + thingsLeft(part), 0)
    case 'any':
      return Math.min(...standing.criteria.map(thingsLeft))
    case 'at-least':
      return standing.need - standing.have
    default:
      return 1
  }
}

/** The same as an SQL expression over `f` (`factsOfEverybody`); a test holds the two to one answer. */
export function leftInSql(criterion: Criterion, outline: Outline, today: SQL): SQL {
  const left = (part: Criterion) => leftInSql(part, outline, today)
  const open = (part: Criterion) => sql`(case when ${daysInSql(part, outline)} @> ${today} then 0 else 1 end)`
  switch (criterion.kind) {
    case 'all':
      return sql`(${sql.join(criterion.criteria.map(left), sql` + `)})`
    case 'any':
      return sql`least(${sql.join(criterion.criteria.map(left), sql`, `)})`
    case 'at-least': {
      const openParts = sql.join(criterion.criteria.map(open), sql` + `)
      return sql`greatest(0, ${openParts} - ${criterion.criteria.length - criterion.count}::int)`
    }
    case 'by-kind':
      return sql`(case f.kind when 'listener' then ${left(criterion.listener)} else ${left(criterion.member)} end)`
    case 'by-age-band':
      return sql`(case f.age_band when 'adult' then ${left(criterion.adult)} else ${left(criterion.teen)} end)`
    case 'by-track': {
      const branches = criterion.tracks.map(
        track => sql`when ${track.id}::text then ${left(track.criterion)}`,
      )
      return sql`(case f.tracks ->> ${criterion.for}::text ${sql.join(branches, sql` `)} else 1 end)`
    }
    case 'or-earlier': {
      const { now, earlier, until, joinedBy } = criterion
      const counts = sql`f.joined_on <= ${joinedBy}::date and ${today} <= ${until}::date`
      return sql`(case when ${counts} then least(${left(now)}, ${left(earlier)}) else ${left(now)} end)`
    }
    default:
      return open(criterion)
  }
}
