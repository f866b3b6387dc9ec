CREATE TABLE "track_choice" (
	"person_id" bigint NOT NULL,
	"badge" text NOT NULL,
	"track" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "track_choice_person_id_badge_pk" PRIMARY KEY("person_id","badge")
);
--> statement-breakpoint
ALTER TABLE "track_choice" ADD CONSTRAINT "track_choice_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;