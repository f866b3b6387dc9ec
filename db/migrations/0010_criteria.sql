ALTER TABLE "standing" ADD COLUMN "met_on" datemultirange;--> statement-breakpoint
-- '0001-01-01' stood for “all along”.
UPDATE "standing" SET "met_on" = CASE
  WHEN "met_from" IS NULL THEN '{}'
  WHEN "met_from" = '0001-01-01' THEN '{(,)}'
  ELSE datemultirange(daterange("met_from", NULL))
END;--> statement-breakpoint
ALTER TABLE "standing" ALTER COLUMN "met_on" SET NOT NULL;--> statement-breakpoint
DROP INDEX "standing_met";--> statement-breakpoint
ALTER TABLE "standing" DROP COLUMN "met_from";--> statement-breakpoint
CREATE INDEX "standing_met" ON "standing" USING btree ("badge") WHERE not isempty("standing"."met_on");
