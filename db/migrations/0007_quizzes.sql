CREATE TABLE "extra_time" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "extra_time_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"percent" integer NOT NULL,
	"reason" text NOT NULL,
	"by_id" bigint NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by_id" bigint,
	CONSTRAINT "extra_time_some" CHECK ("extra_time"."percent" between 1 and 400)
);
--> statement-breakpoint
CREATE TABLE "remark" (
	"remarking_id" bigint NOT NULL,
	"attempt_id" bigint NOT NULL,
	"questions_before" jsonb NOT NULL,
	"score_before" double precision NOT NULL,
	"passed_before" boolean NOT NULL,
	"score" double precision NOT NULL,
	"passed" boolean NOT NULL,
	CONSTRAINT "remark_remarking_id_attempt_id_pk" PRIMARY KEY("remarking_id","attempt_id")
);
--> statement-breakpoint
CREATE TABLE "remarking" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "remarking_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"quiz" text NOT NULL,
	"reason" text NOT NULL,
	"questions" jsonb NOT NULL,
	"keeps_passes" boolean NOT NULL,
	"by_id" bigint NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recall_card" (
	"person_id" bigint NOT NULL,
	"quiz" text NOT NULL,
	"question" text NOT NULL,
	"due_on" date NOT NULL,
	"stability" double precision,
	"difficulty" double precision,
	"reviews" integer DEFAULT 0 NOT NULL,
	"lapses" integer DEFAULT 0 NOT NULL,
	"reviewed_at" timestamp (3) with time zone,
	"answer" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "recall_card_person_id_quiz_question_pk" PRIMARY KEY("person_id","quiz","question")
);
--> statement-breakpoint
CREATE TABLE "recall_review" (
	"person_id" bigint NOT NULL,
	"quiz" text NOT NULL,
	"question" text NOT NULL,
	"number" integer NOT NULL,
	"felt" text NOT NULL,
	"reviewed_at" timestamp (3) with time zone NOT NULL,
	"answer" jsonb NOT NULL,
	CONSTRAINT "recall_review_person_id_quiz_question_number_pk" PRIMARY KEY("person_id","quiz","question","number")
);
--> statement-breakpoint
DROP INDEX "attempt_passed";--> statement-breakpoint
ALTER TABLE "attempt" ALTER COLUMN "score" SET DATA TYPE double precision;--> statement-breakpoint
ALTER TABLE "attempt" ALTER COLUMN "out_of" SET DATA TYPE double precision;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "hints" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "rules" jsonb;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "counts" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "ends_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "saved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "spent" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "extra_time" ADD CONSTRAINT "extra_time_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extra_time" ADD CONSTRAINT "extra_time_by_id_person_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extra_time" ADD CONSTRAINT "extra_time_ended_by_id_person_id_fk" FOREIGN KEY ("ended_by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remark" ADD CONSTRAINT "remark_remarking_id_remarking_id_fk" FOREIGN KEY ("remarking_id") REFERENCES "public"."remarking"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remark" ADD CONSTRAINT "remark_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remarking" ADD CONSTRAINT "remarking_by_id_person_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recall_card" ADD CONSTRAINT "recall_card_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recall_review" ADD CONSTRAINT "recall_review_card" FOREIGN KEY ("person_id","quiz","question") REFERENCES "public"."recall_card"("person_id","quiz","question") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "extra_time_current" ON "extra_time" USING btree ("person_id") WHERE "extra_time"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "remark_attempt" ON "remark" USING btree ("attempt_id");--> statement-breakpoint
CREATE INDEX "remarking_quiz" ON "remarking" USING btree ("quiz","id");--> statement-breakpoint
CREATE INDEX "recall_card_due" ON "recall_card" USING btree ("person_id","due_on");--> statement-breakpoint
CREATE INDEX "attempt_ends" ON "attempt" USING btree ("ends_at") WHERE "attempt"."submitted_at" is null;--> statement-breakpoint
CREATE INDEX "attempt_submitted" ON "attempt" USING btree ("quiz","submitted_at","number") WHERE "attempt"."submitted_at" is not null;--> statement-breakpoint
CREATE INDEX "attempt_passed" ON "attempt" USING btree ("person_id","quiz") WHERE "attempt"."passed" and "attempt"."counts";