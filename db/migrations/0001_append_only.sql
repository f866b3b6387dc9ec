-- The certification record and the audit log are only ever added to, whoever asks.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % is refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end
$$;
--> statement-breakpoint
create trigger record_entry_append_only before update or delete or truncate on record_entry
  for each statement execute function refuse_change();
--> statement-breakpoint
create trigger audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();
