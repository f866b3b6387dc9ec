CREATE TABLE "withdrawn_credential" (
	"list" integer NOT NULL,
	"index" integer NOT NULL,
	CONSTRAINT "withdrawn_credential_list_index_pk" PRIMARY KEY("list","index")
);
--> statement-breakpoint
CREATE TABLE "badge_choice" (
	"person_id" bigint NOT NULL,
	"badge" text NOT NULL,
	"shown" boolean NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "badge_choice_person_id_badge_pk" PRIMARY KEY("person_id","badge")
);
--> statement-breakpoint
CREATE TABLE "leaving" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "leaving_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"keeps" text NOT NULL,
	"asked_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text
);
--> statement-breakpoint
ALTER TABLE "certificate" ADD COLUMN "kept_name" text;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "about" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "public_page" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "left_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "confirmed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "badge_choice" ADD CONSTRAINT "badge_choice_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leaving" ADD CONSTRAINT "leaving_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "leaving_open" ON "leaving" USING btree ("person_id") WHERE "leaving"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "leaving_due" ON "leaving" USING btree ("due_at") WHERE "leaving"."ended_at" is null;
--> statement-breakpoint
-- What is only ever added to gives way where a person has left, and only there: their row says so first.
create function has_left(person_id bigint) returns boolean language sql stable as $$
  select exists (select from person where id = person_id and left_at is not null)
$$;
--> statement-breakpoint
drop trigger audit_entry_append_only on audit_entry;
--> statement-breakpoint
create trigger audit_entry_append_only before delete or truncate on audit_entry
  for each statement execute function refuse_change();
--> statement-breakpoint
create function refuse_all_but_leaving() returns trigger language plpgsql as $$
declare
  kept audit_entry := new;
begin
  kept.details := old.details;
  if kept is distinct from old or new.details <> '{}' or not (has_left(old.actor_id) or has_left(old.subject_id)) then
    raise exception 'audit_entry is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger audit_entry_leaving before update on audit_entry
  for each row execute function refuse_all_but_leaving();
--> statement-breakpoint
create function refuse_delete_unless_left() returns trigger language plpgsql as $$
begin
  if exists (select from post where post.id = old.post_id and has_left(post.author_id)) then return old; end if;
  raise exception '% is append-only: % is refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end
$$;
--> statement-breakpoint
-- A mentor's words to somebody else stay; only the handle of who left is taken out of them.
create function refuse_all_but_a_name() returns trigger language plpgsql as $$
declare
  kept grade := new;
begin
  kept.feedback := old.feedback;
  kept.feedback_html := old.feedback_html;
  kept.to_change := old.to_change;
  kept.to_change_html := old.to_change_html;
  if kept is distinct from old or coalesce(current_setting('trellis.leaving', true), '') <> 'on' then
    raise exception 'grade is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
--> statement-breakpoint
drop trigger grade_append_only on grade;
--> statement-breakpoint
create trigger grade_append_only before truncate on grade for each statement execute function refuse_change();
--> statement-breakpoint
create trigger grade_leaving before delete on grade for each row execute function refuse_delete_unless_left();
--> statement-breakpoint
create trigger grade_name before update on grade for each row execute function refuse_all_but_a_name();
--> statement-breakpoint
drop trigger result_append_only on result;
--> statement-breakpoint
create trigger result_append_only before truncate on result for each statement execute function refuse_change();
--> statement-breakpoint
create trigger result_leaving before delete on result for each row execute function refuse_delete_unless_left();
