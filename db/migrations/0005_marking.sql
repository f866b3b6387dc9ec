CREATE TABLE "anchor_mark" (
	"calibration_id" bigint NOT NULL,
	"anchor" text NOT NULL,
	"levels" jsonb NOT NULL,
	"outcome" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "anchor_mark_calibration_id_anchor_pk" PRIMARY KEY("calibration_id","anchor")
);
--> statement-breakpoint
CREATE TABLE "appeal" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "appeal_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"result_id" bigint NOT NULL,
	"marking_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"reason_html" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "appeal_resultId_unique" UNIQUE("result_id"),
	CONSTRAINT "appeal_markingId_unique" UNIQUE("marking_id")
);
--> statement-breakpoint
CREATE TABLE "calibration" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "calibration_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"mentor_id" bigint NOT NULL,
	"course" text NOT NULL,
	"why" text NOT NULL,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"agreed" real,
	"passed" boolean
);
--> statement-breakpoint
CREATE TABLE "marker" (
	"mentor_id" bigint NOT NULL,
	"course" text NOT NULL,
	"first_marks" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "marker_mentor_id_course_pk" PRIMARY KEY("mentor_id","course")
);
--> statement-breakpoint
CREATE TABLE "marking" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "marking_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"post_id" bigint NOT NULL,
	"cohort_id" bigint NOT NULL,
	"author_id" bigint NOT NULL,
	"module" text NOT NULL,
	"try" integer NOT NULL,
	"purpose" text NOT NULL,
	"revision" integer,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"promised_by" timestamp (3) with time zone NOT NULL,
	"paused_at" timestamp (3) with time zone,
	"handed_to_id" bigint,
	"claimed_by_id" bigint,
	"claimed_until" timestamp (3) with time zone,
	"claim_key" uuid,
	"closed_at" timestamp (3) with time zone,
	"done_by_id" bigint,
	CONSTRAINT "marking_claim_whole" CHECK (("marking"."claimed_by_id" is null) = ("marking"."claimed_until" is null)),
	CONSTRAINT "marking_done_closed" CHECK ("marking"."done_by_id" is null or "marking"."closed_at" is not null),
	CONSTRAINT "marking_not_by_author" CHECK ("marking"."done_by_id" <> "marking"."author_id")
);
--> statement-breakpoint
CREATE TABLE "mentor_pace" (
	"mentor_id" bigint PRIMARY KEY NOT NULL,
	"weekly" smallint,
	"away_from" date,
	"away_until" date
);
--> statement-breakpoint
CREATE TABLE "result" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "result_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"post_id" bigint NOT NULL,
	"cohort_id" bigint NOT NULL,
	"author_id" bigint NOT NULL,
	"module" text NOT NULL,
	"try" integer NOT NULL,
	"outcome" text NOT NULL,
	"rubric" text NOT NULL,
	"levels" jsonb NOT NULL,
	"rule" text NOT NULL,
	"grade_ids" bigint[] NOT NULL,
	"submitted_at" timestamp (3) with time zone NOT NULL,
	"promised_by" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"released_at" timestamp (3) with time zone,
	"released_by_id" bigint
);
--> statement-breakpoint
CREATE TABLE "saved_comment" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "saved_comment_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"owner_id" bigint NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"course" text,
	"title" text NOT NULL,
	"markdown" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "buddy" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "buddy_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"leader_id" bigint NOT NULL,
	"newcomer_id" bigint NOT NULL,
	"by_id" bigint,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_by_id" bigint,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "buddy_of_another" CHECK ("buddy"."leader_id" <> "buddy"."newcomer_id")
);
--> statement-breakpoint
DROP INDEX "submission_queue";--> statement-breakpoint
DROP INDEX "grade_try";--> statement-breakpoint
ALTER TABLE "cohort" ADD COLUMN "marked_once_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cohort" ADD COLUMN "marked_once_by_id" bigint;--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "finished_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "grade" ADD COLUMN "marking_id" bigint;--> statement-breakpoint
ALTER TABLE "grade" ADD COLUMN "to_change" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "grade" ADD COLUMN "to_change_html" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "grade" ADD COLUMN "held" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "anchor_mark" ADD CONSTRAINT "anchor_mark_calibration_id_calibration_id_fk" FOREIGN KEY ("calibration_id") REFERENCES "public"."calibration"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_result_id_result_id_fk" FOREIGN KEY ("result_id") REFERENCES "public"."result"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_marking_id_marking_id_fk" FOREIGN KEY ("marking_id") REFERENCES "public"."marking"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calibration" ADD CONSTRAINT "calibration_mentor_id_person_id_fk" FOREIGN KEY ("mentor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marker" ADD CONSTRAINT "marker_mentor_id_person_id_fk" FOREIGN KEY ("mentor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marking" ADD CONSTRAINT "marking_post_id_post_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."post"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marking" ADD CONSTRAINT "marking_cohort_id_cohort_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohort"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marking" ADD CONSTRAINT "marking_author_id_person_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marking" ADD CONSTRAINT "marking_handed_to_id_person_id_fk" FOREIGN KEY ("handed_to_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marking" ADD CONSTRAINT "marking_claimed_by_id_person_id_fk" FOREIGN KEY ("claimed_by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marking" ADD CONSTRAINT "marking_done_by_id_person_id_fk" FOREIGN KEY ("done_by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentor_pace" ADD CONSTRAINT "mentor_pace_mentor_id_person_id_fk" FOREIGN KEY ("mentor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "result" ADD CONSTRAINT "result_post_id_post_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."post"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "result" ADD CONSTRAINT "result_cohort_id_cohort_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohort"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "result" ADD CONSTRAINT "result_author_id_person_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "result" ADD CONSTRAINT "result_released_by_id_person_id_fk" FOREIGN KEY ("released_by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_comment" ADD CONSTRAINT "saved_comment_owner_id_person_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "buddy" ADD CONSTRAINT "buddy_leader_id_person_id_fk" FOREIGN KEY ("leader_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "buddy" ADD CONSTRAINT "buddy_newcomer_id_person_id_fk" FOREIGN KEY ("newcomer_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "buddy" ADD CONSTRAINT "buddy_by_id_person_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "buddy" ADD CONSTRAINT "buddy_ended_by_id_person_id_fk" FOREIGN KEY ("ended_by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "calibration_open" ON "calibration" USING btree ("mentor_id","course") WHERE "calibration"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "calibration_mentor" ON "calibration" USING btree ("mentor_id","course","id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "marking_once" ON "marking" USING btree ("post_id","try","purpose");--> statement-breakpoint
CREATE UNIQUE INDEX "marking_by_another" ON "marking" USING btree ("post_id","try","done_by_id");--> statement-breakpoint
CREATE INDEX "marking_queue" ON "marking" USING btree ("cohort_id","promised_by","id") WHERE "marking"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "marking_queue_not_handed_out" ON "marking" USING btree ("cohort_id","promised_by","id") WHERE "marking"."closed_at" is null and "marking"."handed_to_id" is null;--> statement-breakpoint
CREATE INDEX "marking_queue_of_module" ON "marking" USING btree ("cohort_id","module","promised_by","id") WHERE "marking"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "marking_queue_of_revisions" ON "marking" USING btree ("cohort_id","promised_by","id") WHERE "marking"."closed_at" is null and "marking"."try" > 1;--> statement-breakpoint
CREATE INDEX "marking_claimed" ON "marking" USING btree ("claimed_by_id") WHERE "marking"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "marking_handed" ON "marking" USING btree ("handed_to_id","promised_by","id") WHERE "marking"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "marking_done" ON "marking" USING btree ("done_by_id","closed_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "result_try" ON "result" USING btree ("post_id","try","id");--> statement-breakpoint
CREATE INDEX "result_held" ON "result" USING btree ("cohort_id","module","id") WHERE "result"."released_at" is null;--> statement-breakpoint
CREATE INDEX "result_released" ON "result" USING btree ("cohort_id","released_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "saved_comment_own" ON "saved_comment" USING btree ("owner_id") WHERE "saved_comment"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "saved_comment_shared" ON "saved_comment" USING btree ("course") WHERE "saved_comment"."removed_at" is null and "saved_comment"."shared";--> statement-breakpoint
CREATE UNIQUE INDEX "buddy_current" ON "buddy" USING btree ("leader_id","newcomer_id") WHERE "buddy"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "buddy_newcomer" ON "buddy" USING btree ("newcomer_id") WHERE "buddy"."ended_at" is null;--> statement-breakpoint
ALTER TABLE "cohort" ADD CONSTRAINT "cohort_marked_once_by_id_person_id_fk" FOREIGN KEY ("marked_once_by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grade" ADD CONSTRAINT "grade_marking_id_marking_id_fk" FOREIGN KEY ("marking_id") REFERENCES "public"."marking"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "grade_marking" ON "grade" USING btree ("marking_id","id");--> statement-breakpoint
CREATE INDEX "submission_returned" ON "submission" USING btree ("cohort_id","submitted_at") WHERE "submission"."state" = 'returned';--> statement-breakpoint
CREATE INDEX "grade_try" ON "grade" USING btree ("post_id","try","id");--> statement-breakpoint
-- Every try that was graded had one mark, which was its result at once; what waits, waits on, claims and pauses included.
insert into marking (post_id, cohort_id, author_id, module, try, purpose, revision, opened_at, promised_by, closed_at, done_by_id)
  select p.id, d.cohort_id, p.author_id, d.module, g.try, 'first', g.revision, g.at, g.at, g.at, g.mentor_id
  from grade g join post p on p.id = g.post_id join discussion d on d.id = p.discussion_id order by g.id;
--> statement-breakpoint
insert into marking (post_id, cohort_id, author_id, module, try, purpose, opened_at, promised_by, paused_at, claimed_by_id, claimed_until)
  select s.post_id, s.cohort_id, s.author_id, s.module, s.try, 'first', s.submitted_at, s.promised_by, s.paused_at, k.mentor_id, k.expires_at
  from submission s left join claim k on k.post_id = s.post_id where s.state = 'submitted' order by s.promised_by, s.post_id;
--> statement-breakpoint
update grade set marking_id = m.id from marking m where m.post_id = grade.post_id and m.try = grade.try;
--> statement-breakpoint
ALTER TABLE "grade" ALTER COLUMN "marking_id" SET NOT NULL;
--> statement-breakpoint
insert into result (post_id, cohort_id, author_id, module, try, outcome, rubric, levels, rule, grade_ids, submitted_at, promised_by, settled_at, released_at, released_by_id)
  select m.post_id, m.cohort_id, m.author_id, m.module, g.try, g.outcome, g.rubric, g.levels, 'only', array[g.id], g.at, g.at, g.at, g.at, g.mentor_id
  from grade g join marking m on m.id = g.marking_id order by g.id;
--> statement-breakpoint
insert into marker (mentor_id, course, first_marks)
  select done_by_id, split_part(module, '/', 1), count(*) from marking where done_by_id is not null group by 1, 2;
--> statement-breakpoint
-- Whoever has graded in a course is not asked for its anchors before they may go on.
insert into calibration (mentor_id, course, why, opened_at, finished_at, passed)
  select mentor_id, course, 'new', now(), now(), true from marker;
--> statement-breakpoint
DROP TABLE "claim";
--> statement-breakpoint
ALTER TABLE "submission" DROP COLUMN "paused_at";
--> statement-breakpoint
-- Nobody grades themselves, their buddy, or in a cohort they study in, whatever asks for it.
create function refuse_unfair_grade() returns trigger language plpgsql as $$
declare
  wanted marking;
begin
  select * into strict wanted from marking where id = new.marking_id;
  if wanted.author_id = new.mentor_id then
    raise exception 'unfair grade: own reflection' using errcode = 'check_violation';
  end if;
  if exists (select from buddy b where b.ended_at is null
      and (b.leader_id, b.newcomer_id) in ((new.mentor_id, wanted.author_id), (wanted.author_id, new.mentor_id))) then
    raise exception 'unfair grade: of a buddy' using errcode = 'check_violation';
  end if;
  if exists (select from enrolment e where e.cohort_id = wanted.cohort_id and e.person_id = new.mentor_id
      and e.ended_at is null and e.finished_at is null) then
    raise exception 'unfair grade: beside whom one studies' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger grade_fair before insert on grade for each row execute function refuse_unfair_grade();
--> statement-breakpoint
-- Grades and results are only ever added; a result is released once.
create trigger grade_append_only before update or delete or truncate on grade
  for each statement execute function refuse_change();
--> statement-breakpoint
create function refuse_change_of_result() returns trigger language plpgsql as $$
begin
  if old.released_at is not null
    or (to_jsonb(new) - 'released_at' - 'released_by_id') <> (to_jsonb(old) - 'released_at' - 'released_by_id') then
    raise exception 'a result is only ever released: % is refused', tg_op using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger result_released_once before update on result for each row execute function refuse_change_of_result();
--> statement-breakpoint
create trigger result_append_only before delete or truncate on result
  for each statement execute function refuse_change();
