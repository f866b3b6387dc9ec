CREATE TABLE "record_disclosure" (
	"seq" bigint NOT NULL,
	"name" text NOT NULL,
	"salt" text,
	"value" jsonb,
	CONSTRAINT "record_disclosure_seq_name_pk" PRIMARY KEY("seq","name")
);
--> statement-breakpoint
CREATE TABLE "record_node" (
	"level" smallint NOT NULL,
	"index" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "record_node_level_index_pk" PRIMARY KEY("level","index")
);
--> statement-breakpoint
CREATE TABLE "tree_head" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tree_head_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"size" bigint NOT NULL,
	"root" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"key" text NOT NULL,
	"note" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "record_entry" ALTER COLUMN "person_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "record_entry" ALTER COLUMN "badge" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "record_entry" ALTER COLUMN "criteria" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "record_entry" ADD COLUMN "format" smallint DEFAULT 2 NOT NULL;--> statement-breakpoint
ALTER TABLE "record_entry" ADD COLUMN "commitments" jsonb;--> statement-breakpoint
ALTER TABLE "record_disclosure" ADD CONSTRAINT "record_disclosure_seq_record_entry_seq_fk" FOREIGN KEY ("seq") REFERENCES "public"."record_entry"("seq") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "record_disclosure_erased" ON "record_disclosure" USING btree ("seq") WHERE "record_disclosure"."name" = 'erased';--> statement-breakpoint
CREATE INDEX "tree_head_size" ON "tree_head" USING btree ("size");--> statement-breakpoint
CREATE INDEX "record_entry_actor" ON "record_entry" USING btree ("actor_id");--> statement-breakpoint
-- By hand from here. What is personal in the entries so far moves apart, unsalted: they stay hashed as they were.
drop trigger record_entry_append_only on record_entry;
--> statement-breakpoint
update record_entry set format = 1;
--> statement-breakpoint
insert into record_disclosure (seq, name, value)
  select seq, said.name, said.value from record_entry, lateral (values
    ('holder', to_jsonb(person_id)), ('actor', coalesce(to_jsonb(actor_id), 'null'::jsonb)),
    ('reason', to_jsonb(reason)), ('standing', standing)) as said (name, value);
--> statement-breakpoint
-- Whether the record itself says that this part of an entry was erased.
create function record_erased(entry bigint, part text) returns boolean language sql stable as $$
  select exists (select from record_disclosure d join record_entry e using (seq)
    where d.name = 'erased' and e.kind = 'erasure' and d.seq > entry
      and d.value @> jsonb_build_array(jsonb_build_array(entry, part)))
$$;
--> statement-breakpoint
create function refuse_all_but_erasure() returns trigger language plpgsql as $$
declare
  kept record_entry := new;
begin
  if new.person_id is null and record_erased(old.seq, 'holder') then kept.person_id := old.person_id; end if;
  if new.actor_id is null and record_erased(old.seq, 'actor') then kept.actor_id := old.actor_id; end if;
  if kept is distinct from old then
    raise exception 'record_entry is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create function refuse_undue_erasure() returns trigger language plpgsql as $$
begin
  if old.name = 'erased' or not record_erased(old.seq, old.name) then
    raise exception 'record_disclosure is append-only: no erasure on the record covers % of entry %', old.name, old.seq
      using errcode = 'insufficient_privilege';
  end if;
  return old;
end
$$;
--> statement-breakpoint
create trigger record_entry_erasure before update on record_entry
  for each row execute function refuse_all_but_erasure();
--> statement-breakpoint
create trigger record_entry_append_only before delete or truncate on record_entry
  for each statement execute function refuse_change();
--> statement-breakpoint
create trigger record_disclosure_erasure before delete on record_disclosure
  for each row execute function refuse_undue_erasure();
--> statement-breakpoint
create trigger record_disclosure_append_only before update or truncate on record_disclosure
  for each statement execute function refuse_change();
--> statement-breakpoint
create trigger record_node_append_only before update or delete or truncate on record_node
  for each statement execute function refuse_change();
--> statement-breakpoint
create trigger tree_head_append_only before update or delete or truncate on tree_head
  for each statement execute function refuse_change();
