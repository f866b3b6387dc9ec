CREATE TABLE "badge_version" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "badge_version_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"badge" text NOT NULL,
	"number" integer NOT NULL,
	"criteria" jsonb NOT NULL,
	"proposed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"in_force_from" timestamp (3) with time zone,
	"put_in_force_by" bigint,
	"reason" text,
	"keep_until" date,
	"people" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"up_to" bigint DEFAULT 0 NOT NULL,
	"gained" integer DEFAULT 0 NOT NULL,
	"lost" integer DEFAULT 0 NOT NULL,
	"judged_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "badge_version" ADD CONSTRAINT "badge_version_put_in_force_by_person_id_fk" FOREIGN KEY ("put_in_force_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "badge_version_number" ON "badge_version" USING btree ("badge","number");--> statement-breakpoint
CREATE UNIQUE INDEX "badge_version_proposed" ON "badge_version" USING btree ("badge") WHERE "badge_version"."in_force_from" is null and "badge_version"."withdrawn_at" is null;