CREATE TABLE "dispute" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "dispute_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"badge" text NOT NULL,
	"counter" text NOT NULL,
	"course" text,
	"of" text,
	"shown" text NOT NULL,
	"claimed" text NOT NULL,
	"words" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"outcome" text,
	"answered_by_id" bigint,
	"answer" text DEFAULT '' NOT NULL,
	CONSTRAINT "dispute_ended_whole" CHECK (("dispute"."ended_at" is null) = ("dispute"."outcome" is null)),
	CONSTRAINT "dispute_answered_by_another" CHECK ("dispute"."answered_by_id" <> "dispute"."person_id")
);
--> statement-breakpoint
CREATE TABLE "fact_correction" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "fact_correction_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"dispute_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"guide" text,
	"module" text,
	"change" text NOT NULL,
	"was" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"by_id" bigint NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "fact_correction_of_one" CHECK (num_nonnulls("fact_correction"."guide", "fact_correction"."module") = 1),
	CONSTRAINT "fact_correction_of_another" CHECK ("fact_correction"."person_id" <> "fact_correction"."by_id")
);
--> statement-breakpoint
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_answered_by_id_person_id_fk" FOREIGN KEY ("answered_by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fact_correction" ADD CONSTRAINT "fact_correction_dispute_id_dispute_id_fk" FOREIGN KEY ("dispute_id") REFERENCES "public"."dispute"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fact_correction" ADD CONSTRAINT "fact_correction_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fact_correction" ADD CONSTRAINT "fact_correction_by_id_person_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "dispute_open" ON "dispute" USING btree ("person_id","counter",coalesce("course", "of", '')) WHERE "dispute"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "dispute_waiting" ON "dispute" USING btree ("id") WHERE "dispute"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "dispute_person" ON "dispute" USING btree ("person_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "fact_correction_person" ON "fact_correction" USING btree ("person_id");