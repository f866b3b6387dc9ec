ALTER TABLE "marking" ADD COLUMN "handed_at" timestamp (3) with time zone;--> statement-breakpoint
-- Until now only the log knew when.
update marking set handed_at = coalesce((
  select max(said.at) from audit_entry said
  where said.action = 'reflection.handed_out' and said.subject_id = marking.handed_to_id
    and (said.details->>'marking')::bigint = marking.id), now())
where handed_to_id is not null;
--> statement-breakpoint
ALTER TABLE "marking" ADD CONSTRAINT "marking_handed_whole" CHECK ("marking"."handed_to_id" is null or "marking"."handed_at" is not null);
