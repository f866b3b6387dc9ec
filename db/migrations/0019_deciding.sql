CREATE TABLE "endorsement_ask" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "endorsement_ask_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"badge" text NOT NULL,
	"of_id" bigint NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text,
	CONSTRAINT "endorsement_ask_of_another" CHECK ("endorsement_ask"."person_id" <> "endorsement_ask"."of_id")
);
--> statement-breakpoint
CREATE TABLE "badge_appeal" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "badge_appeal_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"seq" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"badge" text NOT NULL,
	"statement" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by_id" bigint,
	"outcome" text,
	"answer" text DEFAULT '' NOT NULL,
	CONSTRAINT "badge_appeal_seq_unique" UNIQUE("seq")
);
--> statement-breakpoint
CREATE TABLE "override_proposal" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "override_proposal_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"badge" text NOT NULL,
	"by_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"unmet" jsonb NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by_id" bigint,
	"outcome" text,
	"answer" text DEFAULT '' NOT NULL,
	CONSTRAINT "override_proposal_of_another" CHECK ("override_proposal"."person_id" <> "override_proposal"."by_id"),
	CONSTRAINT "override_proposal_by_two" CHECK ("override_proposal"."outcome" <> 'granted' or "override_proposal"."ended_by_id" <> "override_proposal"."by_id")
);
--> statement-breakpoint
CREATE TABLE "rest" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rest_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"badge" text NOT NULL,
	"until" date NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "endorsement_ask" ADD CONSTRAINT "endorsement_ask_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endorsement_ask" ADD CONSTRAINT "endorsement_ask_of_id_person_id_fk" FOREIGN KEY ("of_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "badge_appeal" ADD CONSTRAINT "badge_appeal_seq_record_entry_seq_fk" FOREIGN KEY ("seq") REFERENCES "public"."record_entry"("seq") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "badge_appeal" ADD CONSTRAINT "badge_appeal_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "badge_appeal" ADD CONSTRAINT "badge_appeal_ended_by_id_person_id_fk" FOREIGN KEY ("ended_by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "override_proposal" ADD CONSTRAINT "override_proposal_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "override_proposal" ADD CONSTRAINT "override_proposal_by_id_person_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "override_proposal" ADD CONSTRAINT "override_proposal_ended_by_id_person_id_fk" FOREIGN KEY ("ended_by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rest" ADD CONSTRAINT "rest_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "endorsement_ask_once" ON "endorsement_ask" USING btree ("person_id","badge","of_id");--> statement-breakpoint
CREATE INDEX "endorsement_ask_open" ON "endorsement_ask" USING btree ("of_id") WHERE "endorsement_ask"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "badge_appeal_open" ON "badge_appeal" USING btree ("at") WHERE "badge_appeal"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "badge_appeal_person" ON "badge_appeal" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "override_proposal_open" ON "override_proposal" USING btree ("person_id","badge") WHERE "override_proposal"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "override_proposal_by" ON "override_proposal" USING btree ("by_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rest_current" ON "rest" USING btree ("person_id","badge") WHERE "rest"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "record_disclosure_proposer" ON "record_disclosure" USING btree ("value") WHERE "record_disclosure"."name" = 'proposer';--> statement-breakpoint
-- Whoever was declined, or lost a badge, in the last four weeks rests as long as they were told.
INSERT INTO "rest" ("person_id", "badge", "until", "at")
SELECT DISTINCT ON ("person_id", "badge") "person_id", "badge", (("at" + interval '28 days') at time zone 'utc')::date, "at"
FROM "record_entry"
WHERE "kind" IN ('decline', 'revocation') AND "person_id" IS NOT NULL AND "badge" IS NOT NULL AND "at" > now() - interval '28 days'
ORDER BY "person_id", "badge", "seq" DESC;
