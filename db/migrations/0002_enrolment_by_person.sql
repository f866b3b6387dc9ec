DROP INDEX "enrolment_cohort";--> statement-breakpoint
CREATE INDEX "enrolment_cohort" ON "enrolment" USING btree ("cohort_id","person_id");