import { type SQL, sql } from 'drizzle-orm'

/**
 * When a person, whose id `personId` is in the query, first read, answered or tried anything of each module, as JSON;
 * null, without looking, for whoever has finished no course. A post and a try are taken from when they were begun.
 */
export const firstDeeds = (personId: SQL): SQL => sql`
  case when exists (select from enrolment where person_id = ${personId} and finished_at is not null) then (
    select jsonb_object_agg(deed.module, deed.first) from (
      select done.module, min(done.at) as first from (
        select module, at from reading where person_id = ${personId}
        union all select s.module, written.created_at from submission s join post written on written.id = s.post_id
          where s.author_id = ${personId}
        union all select quiz, started_at from attempt where person_id = ${personId}
      ) done group by done.module
    ) deed
  ) end`
