ALTER TABLE "attempt" ADD COLUMN "saved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "spent" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "attempt_submitted" ON "attempt" USING btree ("quiz","submitted_at","number") WHERE "attempt"."submitted_at" is not null;