CREATE TABLE "assessment" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "assessment_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint NOT NULL,
	"checklist" text NOT NULL,
	"assessor_id" bigint NOT NULL,
	"as_badge" text NOT NULL,
	"occurred_on" date NOT NULL,
	"place" text NOT NULL,
	"items" jsonb NOT NULL,
	"enough" integer NOT NULL,
	"passed" boolean NOT NULL,
	"words" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "assessment_of_another" CHECK ("assessment"."person_id" <> "assessment"."assessor_id")
);
--> statement-breakpoint
ALTER TABLE "evidence" ADD COLUMN "minutes" integer;--> statement-breakpoint
ALTER TABLE "evidence" ADD COLUMN "supervisor_id" bigint;--> statement-breakpoint
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_assessor_id_person_id_fk" FOREIGN KEY ("assessor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assessment_person" ON "assessment" USING btree ("person_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "assessment_assessor" ON "assessment" USING btree ("assessor_id","id" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_supervisor_id_person_id_fk" FOREIGN KEY ("supervisor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evidence_supervised" ON "evidence" USING btree ("supervisor_id","id") WHERE "evidence"."supervisor_id" is not null;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_of_another" CHECK ("evidence"."person_id" <> "evidence"."supervisor_id");--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_hours" CHECK (("evidence"."supervisor_id" is null) = ("evidence"."minutes" is null));