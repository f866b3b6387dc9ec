CREATE TABLE "guide_bookmark" (
	"person_id" bigint NOT NULL,
	"guide" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "guide_bookmark_person_id_guide_pk" PRIMARY KEY("person_id","guide")
);
--> statement-breakpoint
CREATE TABLE "guide_vouch" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "guide_vouch_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"guide" text NOT NULL,
	"mentor_id" bigint NOT NULL,
	"note" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"revoked_by_id" bigint,
	"revoked_reason" text,
	CONSTRAINT "guide_vouch_of_another" CHECK ("guide_vouch"."person_id" <> "guide_vouch"."mentor_id")
);
--> statement-breakpoint
ALTER TABLE "reading" DROP CONSTRAINT "reading_person_id_module_pk";--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "reflected_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reading" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "reading" ADD CONSTRAINT "reading_person_id_module_version_pk" PRIMARY KEY("person_id","module","version");--> statement-breakpoint
ALTER TABLE "reading" ADD COLUMN "confirmed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "guide_completion" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "guide_completion" ADD COLUMN "vouch_id" bigint;--> statement-breakpoint
ALTER TABLE "guide_bookmark" ADD CONSTRAINT "guide_bookmark_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guide_vouch" ADD CONSTRAINT "guide_vouch_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guide_vouch" ADD CONSTRAINT "guide_vouch_mentor_id_person_id_fk" FOREIGN KEY ("mentor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guide_vouch" ADD CONSTRAINT "guide_vouch_revoked_by_id_person_id_fk" FOREIGN KEY ("revoked_by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "guide_vouch_standing" ON "guide_vouch" USING btree ("person_id","guide") WHERE "guide_vouch"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "guide_vouch_mentor" ON "guide_vouch" USING btree ("mentor_id");--> statement-breakpoint
ALTER TABLE "guide_completion" ADD CONSTRAINT "guide_completion_vouch_id_guide_vouch_id_fk" FOREIGN KEY ("vouch_id") REFERENCES "public"."guide_vouch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "guide_completion_vouch" ON "guide_completion" USING btree ("vouch_id") WHERE "guide_completion"."vouch_id" is not null;
--> statement-breakpoint
-- By hand, from here. Until now an enrolment was finished once every reflection had passed; that is what decides who may
-- mark beside whom, and it keeps its moment under its own name. What is finished now takes all of a course's conditions:
-- the standings, judged anew at the next start, say who has done that.
update enrolment set reflected_at = finished_at, finished_at = null where finished_at is not null;
--> statement-breakpoint
delete from site_fact where name = 'standings judged by content';
--> statement-breakpoint
create or replace function refuse_unfair_grade() returns trigger language plpgsql as $$
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
      and e.ended_at is null and e.reflected_at is null) then
    raise exception 'unfair grade: beside whom one studies' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
