ALTER TABLE "certificate" ADD COLUMN "suspended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "certificate" ADD COLUMN "suspended_for" text;--> statement-breakpoint
ALTER TABLE "certificate" ADD COLUMN "suspended_with_id" bigint;--> statement-breakpoint
ALTER TABLE "certificate" ADD COLUMN "notice_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "duty" ADD COLUMN "let_go_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "duty" ADD COLUMN "looked_on" date DEFAULT (now() at time zone 'utc')::date NOT NULL;--> statement-breakpoint
ALTER TABLE "record_entry" ADD COLUMN "reason_class" jsonb;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_suspended_with_id_certificate_id_fk" FOREIGN KEY ("suspended_with_id") REFERENCES "public"."certificate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "certificate_suspended" ON "certificate" USING btree ("suspended_for") WHERE "certificate"."ended_at" is null and "certificate"."suspended_at" is not null;--> statement-breakpoint
CREATE INDEX "duty_to_look_at" ON "duty" USING btree ("looked_on") WHERE "duty"."done_at" is null and "duty"."let_go_at" is null;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_suspended_for_something" CHECK (("certificate"."suspended_at" is null) = ("certificate"."suspended_for" is null));--> statement-breakpoint
-- By hand from here. The duties of certificates that have ended are asked of nobody any more.
update duty set let_go_at = certificate.ended_at from certificate
  where certificate.id = duty.certificate_id and certificate.ended_at is not null and duty.done_at is null;
