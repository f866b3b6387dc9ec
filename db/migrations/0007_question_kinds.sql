ALTER TABLE "attempt" ALTER COLUMN "score" SET DATA TYPE double precision;--> statement-breakpoint
ALTER TABLE "attempt" ALTER COLUMN "out_of" SET DATA TYPE double precision;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "hints" jsonb DEFAULT '{}'::jsonb NOT NULL;