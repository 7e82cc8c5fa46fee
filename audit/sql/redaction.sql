-- Redaction: the one way in which something recorded is ever changed. Two people, a reason; named fields are blanked in
-- the versions of one row, and in the row; salts and digests stay. Uses guards.sql; audit_refuse there asks audit_redacts.

-- What a blanked value becomes: nothing stays nothing, a list or an object becomes empty, everything else says so.
create or replace function audit_blank(was jsonb) returns jsonb
language sql immutable parallel safe as $$
    select case jsonb_typeof(was)
        when 'null' then was when 'array' then '[]' when 'object' then '{}' else '"[redacted]"' end::jsonb
$$;

-- Whether this change of a row of `place` is nothing but what two people decided, the second of them in this command.
create or replace function audit_redacts(place text, was jsonb, becomes jsonb) returns boolean
language plpgsql stable set timezone = 'UTC' set search_path from current as $$
declare named text[];
begin
    select array(select jsonb_array_elements_text(d.fields)) into named
    from audit_redaction d
    where d.row_id::text = was ->> 'id' and place in (d.live_table, d.history_table) and d.state = 'carried_out'
      and d.confirmed_by_id <> d.proposed_by_id
      and exists (select 1 from audit_historicalredaction h where h.id = d.id and h.history_type = '+'
                  and h.event_id <> audit_open_event() and h.history_user_id = d.proposed_by_id)
      and exists (select 1 from audit_historicalredaction h where h.id = d.id and h.state = 'carried_out'
                  and h.event_id = audit_open_event() and h.xid = audit_xid() and h.history_user_id = d.confirmed_by_id)
    limit 1;
    return named is not null
       and was - named = becomes - named
       and (select bool_and(becomes -> field = audit_blank(was -> field)) from unnest(named) field);
end $$;

-- Blank the named fields in every version that still says something in them: which versions, and the digest each
-- has now, for the redaction to keep. Runs as the owner of the tables, since nobody else may change a version;
-- what it may change is still audit_redacts' to say.
create or replace function audit_redact(redaction uuid) returns table (version bigint, digest text)
language plpgsql security definer set timezone = 'UTC' set search_path from current as $$
declare
    decided audit_redaction;
    names text;
begin
    select * into decided from audit_redaction d where d.id = redaction;
    select string_agg(format('%I', field), ', ') into names from jsonb_array_elements_text(decided.fields) field;
    return query execute format(
        'update %1$I h set (%2$s) = (select %2$s from jsonb_populate_record(h, (select jsonb_object_agg(field,'
        ' audit_blank(to_jsonb(h) -> field)) from jsonb_array_elements_text($1) field)))'
        ' where h.id = $2 and exists (select 1 from jsonb_array_elements_text($1) field'
        ' where to_jsonb(h) -> field is distinct from audit_blank(to_jsonb(h) -> field))'
        ' returning h.history_id, encode(audit_digest(h.salt, to_jsonb(h)), ''hex'')',
        decided.history_table, names)
    using decided.fields, decided.row_id;
end $$;
revoke execute on function audit_redact(uuid) from public;
