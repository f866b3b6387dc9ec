ALTER TABLE "record_entry" DROP COLUMN "reason";--> statement-breakpoint
ALTER TABLE "record_entry" DROP COLUMN "standing";