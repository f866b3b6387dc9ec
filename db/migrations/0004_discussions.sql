CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE TABLE "due_date" (
	"cohort_id" bigint NOT NULL,
	"module" text NOT NULL,
	"reflection_on" date,
	"replies_on" date,
	CONSTRAINT "due_date_cohort_id_module_pk" PRIMARY KEY("cohort_id","module")
);
--> statement-breakpoint
CREATE TABLE "poll_option" (
	"discussion_id" bigint NOT NULL,
	"position" smallint NOT NULL,
	"words" text NOT NULL,
	"votes" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "poll_option_discussion_id_position_pk" PRIMARY KEY("discussion_id","position")
);
--> statement-breakpoint
CREATE TABLE "reaction" (
	"post_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"reaction" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reaction_post_id_person_id_reaction_pk" PRIMARY KEY("post_id","person_id","reaction")
);
--> statement-breakpoint
CREATE TABLE "taking_part" (
	"person_id" bigint NOT NULL,
	"module" text NOT NULL,
	"replies" integer NOT NULL,
	CONSTRAINT "taking_part_person_id_module_pk" PRIMARY KEY("person_id","module")
);
--> statement-breakpoint
CREATE TABLE "vote" (
	"discussion_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"position" smallint NOT NULL,
	"post_id" bigint,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vote_discussion_id_person_id_pk" PRIMARY KEY("discussion_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "draft" (
	"person_id" bigint NOT NULL,
	"name" text NOT NULL,
	"words" text NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "draft_person_id_name_pk" PRIMARY KEY("person_id","name")
);
--> statement-breakpoint
CREATE TABLE "caught_up" (
	"person_id" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "following" (
	"person_id" bigint NOT NULL,
	"discussion_id" bigint NOT NULL,
	"level" text DEFAULT 'normal' NOT NULL,
	"read_to" bigint DEFAULT 0 NOT NULL,
	"read_beyond" bigint[] DEFAULT '{}' NOT NULL,
	"visited_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "following_person_id_discussion_id_pk" PRIMARY KEY("person_id","discussion_id")
);
--> statement-breakpoint
CREATE TABLE "report" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "report_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"post_id" bigint NOT NULL,
	"reporter_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"concern" boolean NOT NULL,
	"words" text DEFAULT '' NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"handled_by_id" bigint,
	"handled_at" timestamp (3) with time zone,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "search_page" (
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"words" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', body), 'B')) STORED NOT NULL,
	CONSTRAINT "search_page_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "search_word" (
	"word" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
DROP INDEX "post_own_reflection";--> statement-breakpoint
ALTER TABLE "discussion" ALTER COLUMN "cohort_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "discussion" ALTER COLUMN "module" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notification" ADD COLUMN "discussion_id" bigint;--> statement-breakpoint
ALTER TABLE "discussion" ADD COLUMN "title" text;--> statement-breakpoint
ALTER TABLE "discussion" ADD COLUMN "form" text;--> statement-breakpoint
ALTER TABLE "discussion" ADD COLUMN "posts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "discussion" ADD COLUMN "voters" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "discussion" ADD COLUMN "last_post_id" bigint;--> statement-breakpoint
ALTER TABLE "discussion" ADD COLUMN "last_posted_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "discussion" ADD COLUMN "closed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "discussion" ADD COLUMN "closed_by_id" bigint;--> statement-breakpoint
ALTER TABLE "discussion" ADD COLUMN "pinned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "discussion" ADD COLUMN "pinned_by_id" bigint;--> statement-breakpoint
ALTER TABLE "post" ADD COLUMN "audience" text DEFAULT 'cohort' NOT NULL;--> statement-breakpoint
ALTER TABLE "post" ADD COLUMN "content_note" text;--> statement-breakpoint
ALTER TABLE "post" ADD COLUMN "reactions" jsonb DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "post" ADD COLUMN "removed" text;--> statement-breakpoint
ALTER TABLE "post" ADD COLUMN "removed_by_id" bigint;--> statement-breakpoint
ALTER TABLE "post" ADD COLUMN "removed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "post" ADD COLUMN "words" "tsvector" GENERATED ALWAYS AS (to_tsvector('english', markdown)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "submission" ADD COLUMN "paused_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "due_date" ADD CONSTRAINT "due_date_cohort_id_cohort_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohort"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "poll_option" ADD CONSTRAINT "poll_option_discussion_id_discussion_id_fk" FOREIGN KEY ("discussion_id") REFERENCES "public"."discussion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reaction" ADD CONSTRAINT "reaction_post_id_post_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."post"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reaction" ADD CONSTRAINT "reaction_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "taking_part" ADD CONSTRAINT "taking_part_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote" ADD CONSTRAINT "vote_discussion_id_discussion_id_fk" FOREIGN KEY ("discussion_id") REFERENCES "public"."discussion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote" ADD CONSTRAINT "vote_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote" ADD CONSTRAINT "vote_post_id_post_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."post"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "caught_up" ADD CONSTRAINT "caught_up_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "following" ADD CONSTRAINT "following_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "following" ADD CONSTRAINT "following_discussion_id_discussion_id_fk" FOREIGN KEY ("discussion_id") REFERENCES "public"."discussion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report" ADD CONSTRAINT "report_post_id_post_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."post"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report" ADD CONSTRAINT "report_reporter_id_person_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report" ADD CONSTRAINT "report_handled_by_id_person_id_fk" FOREIGN KEY ("handled_by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "vote_post" ON "vote" USING btree ("post_id") WHERE "vote"."post_id" is not null;--> statement-breakpoint
CREATE INDEX "following_watchers" ON "following" USING btree ("discussion_id") WHERE "following"."level" = 'watching';--> statement-breakpoint
CREATE UNIQUE INDEX "report_open_once" ON "report" USING btree ("post_id","reporter_id") WHERE "report"."handled_at" is null;--> statement-breakpoint
CREATE INDEX "report_open" ON "report" USING btree ("concern","at") WHERE "report"."handled_at" is null;--> statement-breakpoint
CREATE INDEX "report_post" ON "report" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "search_page_words" ON "search_page" USING gin ("words");--> statement-breakpoint
CREATE INDEX "search_word_alike" ON "search_word" USING gin ("word" gin_trgm_ops);--> statement-breakpoint
ALTER TABLE "discussion" ADD CONSTRAINT "discussion_closed_by_id_person_id_fk" FOREIGN KEY ("closed_by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discussion" ADD CONSTRAINT "discussion_pinned_by_id_person_id_fk" FOREIGN KEY ("pinned_by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post" ADD CONSTRAINT "post_removed_by_id_person_id_fk" FOREIGN KEY ("removed_by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "notification_posted_once" ON "notification" USING btree ("person_id","discussion_id") WHERE "notification"."seen_at" is null and "notification"."kind" = 'posted';--> statement-breakpoint
CREATE INDEX "person_handle_prefix" ON "person" USING btree (lower("handle") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "person_name_prefix" ON "person" USING btree (lower("display_name") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "discussion_latest" ON "discussion" USING btree ("cohort_id","last_posted_at","id");--> statement-breakpoint
CREATE INDEX "discussion_title_words" ON "discussion" USING gin (to_tsvector('english', "title")) WHERE "discussion"."title" is not null;--> statement-breakpoint
CREATE INDEX "discussion_pinned" ON "discussion" USING btree ("cohort_id") WHERE "discussion"."pinned_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "post_opening" ON "post" USING btree ("discussion_id") WHERE "post"."kind" = 'opening';--> statement-breakpoint
CREATE INDEX "post_private_replies" ON "post" USING btree ("parent_id") WHERE "post"."kind" = 'reply' and "post"."audience" = 'mentors';--> statement-breakpoint
CREATE INDEX "post_in_discussion" ON "post" USING btree ("discussion_id","id");--> statement-breakpoint
CREATE INDEX "post_words" ON "post" USING gin ("words");--> statement-breakpoint
CREATE UNIQUE INDEX "post_own_reflection" ON "post" USING btree ("discussion_id","author_id") WHERE "post"."kind" = 'reflection' and "post"."removed" is distinct from 'deleted';--> statement-breakpoint
ALTER TABLE "discussion" ADD CONSTRAINT "discussion_about_one_thing" CHECK (("discussion"."module" is null) <> ("discussion"."title" is null));--> statement-breakpoint
ALTER TABLE "discussion" ADD CONSTRAINT "discussion_form_of_topic" CHECK (("discussion"."title" is null) = ("discussion"."form" is null));--> statement-breakpoint
ALTER TABLE "discussion" ADD CONSTRAINT "discussion_module_of_cohort" CHECK ("discussion"."module" is null or "discussion"."cohort_id" is not null);
--> statement-breakpoint
UPDATE "discussion" d SET "posts" = p.posts, "last_post_id" = p.last_id, "last_posted_at" = p.last_at
FROM (SELECT discussion_id, count(*)::int AS posts, max(id) AS last_id, max(created_at) AS last_at FROM "post" GROUP BY discussion_id) p
WHERE p.discussion_id = d.id;
--> statement-breakpoint
INSERT INTO "taking_part" ("person_id", "module", "replies")
SELECT r.author_id, d.module, count(*)::int
FROM "post" r JOIN "post" o ON o.id = r.parent_id AND o.author_id <> r.author_id JOIN "discussion" d ON d.id = r.discussion_id
WHERE r.kind = 'reply' GROUP BY r.author_id, d.module;
