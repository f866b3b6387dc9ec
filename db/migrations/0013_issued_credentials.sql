CREATE TABLE "issued_credential" (
	"certificate_id" bigint PRIMARY KEY NOT NULL,
	"list" integer NOT NULL,
	"index" integer NOT NULL,
	"salt" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "issued_credential" ADD CONSTRAINT "issued_credential_certificate_id_certificate_id_fk" FOREIGN KEY ("certificate_id") REFERENCES "public"."certificate"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "issued_credential_place" ON "issued_credential" USING btree ("list","index");