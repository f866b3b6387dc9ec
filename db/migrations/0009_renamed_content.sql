-- A result is only ever released; what it is about may be called something else one day.
create or replace function refuse_change_of_result() returns trigger language plpgsql as $$
declare
  renaming boolean := coalesce(current_setting('trellis.renaming', true), '') = 'on';
  before jsonb := to_jsonb(old) - 'released_at' - 'released_by_id';
  after jsonb := to_jsonb(new) - 'released_at' - 'released_by_id';
begin
  if renaming and new.released_at is not distinct from old.released_at
    and new.released_by_id is not distinct from old.released_by_id and before - 'module' = after - 'module' then
    return new;
  end if;
  if old.released_at is not null or before <> after then
    raise exception 'a result is only ever released: % is refused', tg_op using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
--> statement-breakpoint
-- Renames what a column says of the content: all rows at once, or one by one where some stand under both names already.
create function rename_content(tab text, col text, was text, now_is text, out moved int, out stayed int)
language plpgsql as $$
declare
  place tid;
begin
  moved := 0;
  stayed := 0;
  begin
    execute format('update %I set %I = $1 where %I = $2', tab, col, col) using now_is, was;
    get diagnostics moved = row_count;
    return;
  exception when unique_violation then
    moved := 0;
  end;
  for place in execute format('select ctid from %I where %I = $1', tab, col) using was loop
    begin
      execute format('update %I set %I = $1 where ctid = $2', tab, col) using now_is, place;
      moved := moved + 1;
    exception when unique_violation then
      stayed := stayed + 1;
    end;
  end loop;
end
$$;
