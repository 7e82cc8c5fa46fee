-- Redaction: the one way in which something recorded is ever changed. Two people, a reason; named fields are blanked in
-- the versions of one row, and in the row, and what other records repeat of them: disclosures of documents, and what
-- the row's own events say. Salts and digests stay. Uses guards.sql; audit_refuse there asks audit_redacts.

-- What a blanked value becomes: nothing stays nothing, a list or an object becomes empty, every other text says so.
create or replace function audit_blank(was jsonb) returns jsonb
language sql immutable parallel safe as $$
    select case when was = '""' then was else case jsonb_typeof(was)
        when 'null' then was when 'array' then '[]' when 'object' then '{}' else '"[redacted]"' end::jsonb end
$$;

-- Disclosures (audit/disclosures.py) without the salt and the words of the fields a redaction names.
create or replace function audit_undisclosed(was jsonb, decided audit_redaction) returns jsonb
language plpgsql stable set search_path from current as $$
begin
    if jsonb_typeof(was) is distinct from 'object' then
        return was;
    end if;
    return coalesce((
        select jsonb_object_agg(key, case
            when value ->> 'of' = any(
                select concat_ws('/', decided.record_type, decided.row_id, field)
                from jsonb_array_elements_text(decided.fields) field)
            then jsonb_build_object('of', value -> 'of') else value end)
        from jsonb_each(was)), '{}');
end $$;

-- Every text that the named fields say in a version of the row, texts inside JSON too.
create or replace function audit_redacted_texts(decided audit_redaction) returns text[]
language plpgsql stable set search_path from current as $$
declare texts text[];
begin
    execute format(
        'select array_agg(distinct said #>> ''{}'') from %I h, jsonb_array_elements_text($1) field,'
        ' jsonb_path_query(to_jsonb(h) -> field, ''$.** ? (@.type() == "string")'') said'
        ' where h.id = $2 and said #>> ''{}'' not in ('''', ''[redacted]'')', decided.history_table)
    into texts using decided.fields, decided.row_id;
    return coalesce(texts, '{}');
end $$;

-- Whether a text of an event repeats one of these: the whole of it, as the end of a label, or, from eight letters on,
-- anywhere in it. A label keeps 300 letters.
create or replace function audit_repeats(said text, texts text[]) returns boolean
language sql immutable parallel safe as $$
    select coalesce(bool_or(said = each or right(said, length(each) + 2) = ': ' || each
                            or length(each) >= 8 and strpos(said, left(each, 200)) > 0), false)
    from unnest(texts) each
$$;

create or replace function audit_unsaid(said jsonb, texts text[]) returns jsonb
language plpgsql immutable parallel safe set search_path from current as $$
begin
    return case jsonb_typeof(said)
        when 'string' then case when audit_repeats(said #>> '{}', texts) then audit_blank(said) else said end
        when 'object' then coalesce(
            (select jsonb_object_agg(key, audit_unsaid(value, texts)) from jsonb_each(said)), '{}')
        when 'array' then coalesce(
            (select jsonb_agg(audit_unsaid(value, texts) order by place)
             from jsonb_array_elements(said) with ordinality each(value, place)), '[]')
        else said end;
end $$;

-- An event about the row, or one that wrote a version of it, without what it repeats of the named fields. Every other
-- event as it is. To be asked before the versions are blanked.
create or replace function audit_event_unsaid(was jsonb, decided audit_redaction, texts text[]) returns jsonb
language plpgsql stable set search_path from current as $$
declare wrote boolean;
begin
    execute format('select exists (select 1 from %I h where h.id = $1 and h.event_id = $2)', decided.history_table)
    into wrote using decided.row_id, (was ->> 'number')::bigint;
    if not wrote and (was ->> 'target_type', was ->> 'target_id')
                     is distinct from (decided.record_type, decided.row_id::text) then
        return was;
    end if;
    return was || audit_unsaid(
        jsonb_build_object('reason', was -> 'reason', 'target_label', was -> 'target_label', 'data', was -> 'data'),
        texts);
end $$;

-- Whether this change of a row of `place` is nothing but what two people decided, the second of them in this command.
create or replace function audit_redacts(place text, was jsonb, becomes jsonb) returns boolean
language plpgsql stable set timezone = 'UTC' set search_path from current as $$
declare
    decided audit_redaction;
    named text[];
begin
    for decided in
        select d.* from audit_redaction d
        where d.state = 'carried_out' and d.confirmed_by_id <> d.proposed_by_id
          and exists (select 1 from audit_historicalredaction h where h.id = d.id and h.history_type = '+'
                      and h.event_id <> audit_open_event() and h.history_user_id = d.proposed_by_id)
          and exists (select 1 from audit_historicalredaction h where h.id = d.id and h.state = 'carried_out'
                      and h.event_id = audit_open_event() and h.xid = audit_xid()
                      and h.history_user_id = d.confirmed_by_id)
    loop
        named := array(select jsonb_array_elements_text(decided.fields));
        if decided.row_id::text = was ->> 'id' and place in (decided.live_table, decided.history_table)
           and was - named = becomes - named
           and (select bool_and(becomes -> field = audit_blank(was -> field)) from unnest(named) field) then
            return true;
        end if;
        if place = 'audit_event' and becomes = audit_event_unsaid(was, decided, audit_redacted_texts(decided)) then
            return true;
        end if;
        if was ? 'disclosures' and was - 'disclosures' = becomes - 'disclosures'
           and becomes -> 'disclosures' = audit_undisclosed(was -> 'disclosures', decided) then
            return true;
        end if;
    end loop;
    return false;
end $$;

-- Carry a redaction out, but for the live rows: in the events of the row, in what other records disclose of it, and in
-- every version of it that still says something. Which rows of which table changed, and the digest each has now, for
-- the redaction to keep. Runs as the owner of the tables, since nobody else may change a version; what it may change is
-- still audit_redacts' to say.
drop function if exists audit_redact(uuid);
create function audit_redact(redaction uuid) returns table (place text, key bigint, digest text)
language plpgsql security definer set timezone = 'UTC' set search_path from current as $$
declare
    decided audit_redaction;
    texts text[];
    names text;
    wrote bigint[];
    disclosing text;
begin
    select * into decided from audit_redaction d where d.id = redaction;
    select string_agg(format('%I', field), ', ') into names from jsonb_array_elements_text(decided.fields) field;
    texts := audit_redacted_texts(decided);
    execute format('select array_agg(h.event_id) from %I h where h.id = $1', decided.history_table)
    into wrote using decided.row_id;
    return query
        with unsaid as (
            select e.number, audit_event_unsaid(to_jsonb(e), decided, texts) as says from audit_event e
            where e.digest is not null and (
                (e.target_type = decided.record_type and e.target_id = decided.row_id::text)
                or e.number = any(wrote))
        )
        update audit_event e set reason = says ->> 'reason', target_label = says ->> 'target_label', data = says -> 'data'
        from unsaid where e.number = unsaid.number and to_jsonb(e) <> says
        returning 'audit_event', e.number, encode(audit_digest(e.salt, to_jsonb(e) - 'digest'), 'hex');
    for disclosing in
        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
        join pg_attribute v on v.attrelid = c.oid
        where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and a.attname = 'disclosures'
          and v.attname = 'version_digest' order by 1
    loop
        return query execute format(
            'update %1$I h set disclosures = audit_undisclosed(h.disclosures, $1)'
            ' where h.disclosures <> audit_undisclosed(h.disclosures, $1)'
            ' returning %1$L, h.history_id, encode(audit_digest(h.salt, to_jsonb(h)), ''hex'')', disclosing)
        using decided;
    end loop;
    return query execute format(
        'update %1$I h set (%2$s) = (select %2$s from jsonb_populate_record(h, (select jsonb_object_agg(field,'
        ' audit_blank(to_jsonb(h) -> field)) from jsonb_array_elements_text($1) field)))'
        ' where h.id = $2 and exists (select 1 from jsonb_array_elements_text($1) field'
        ' where to_jsonb(h) -> field is distinct from audit_blank(to_jsonb(h) -> field))'
        ' returning %1$L, h.history_id, encode(audit_digest(h.salt, to_jsonb(h)), ''hex'')',
        decided.history_table, names)
    using decided.fields, decided.row_id;
end $$;
revoke execute on function audit_redact(uuid) from public;
