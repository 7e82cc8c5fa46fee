-- The guards of row history and events. Every trigger that uses these is ENABLE ALWAYS (operations.py).
-- Error class 23001 (restrict violation): Django raises it as IntegrityError. Run through audit.operations.functions,
-- which pins the search path of every function to this schema: else a session could put a temporary table of its own
-- before a real one.

-- SHA-256 over the salt and the record as canonical JSON: only what is there, so that a later column cannot change
-- it, and keys in jsonb's fixed order. Plans in PL/pgSQL are kept between calls.
create or replace function audit_digest(salt uuid, record jsonb) returns bytea
language plpgsql immutable parallel safe as $$
begin
    return sha256(uuid_send(salt) || convert_to(coalesce((
        select jsonb_object_agg(key, value)::text from jsonb_each(record - array['salt', 'version_digest'])
        where value <> 'null'
    ), '{}'), 'UTF8'));
end $$;

create or replace function audit_open_event() returns bigint
language sql stable as $$ select nullif(current_setting('audit.event', true), '')::bigint $$;

create or replace function audit_xid() returns bigint
language sql volatile as $$ select pg_current_xact_id()::text::bigint $$;

-- BEFORE INSERT on the event table: whatever was sent, cause, time and transaction are the database's. The salt
-- keeps what an event says from being guessed from its leaf in the seal.
create or replace function audit_stamp_event() returns trigger
language plpgsql set timezone = 'UTC' set search_path from current as $$
declare root bigint := audit_open_event();
begin
    if root is null then
        raise exception 'no command is open: event refused' using errcode = '23001';
    end if;
    new.caused_by_id := case when new.number = root then null else root end;
    new.at := clock_timestamp();
    new.xid := audit_xid();
    new.salt := gen_random_uuid();
    new.digest := audit_digest(new.salt, to_jsonb(new) - 'digest');
    return new;
end $$;

-- BEFORE INSERT on a history table (live table, key column): event, time and transaction are the database's,
-- and a version is what the live row says at this moment, so that none can be invented.
create or replace function audit_stamp_version() returns trigger
language plpgsql set timezone = 'UTC' set search_path from current as $$
declare
    event bigint := audit_open_event();
    version jsonb := to_jsonb(new);
    live jsonb;
begin
    if event is null then
        raise exception 'no command is open: history for % refused', tg_table_name using errcode = '23001';
    end if;
    execute format('select to_jsonb(t) from %I.%I t where t.%I = %L',
                   tg_table_schema, tg_argv[0], tg_argv[1], version ->> tg_argv[1]) into live;
    if (live is null) <> (new.history_type = '-')
       or exists (select 1 from jsonb_each(live) l where version -> l.key is distinct from l.value) then
        raise exception 'history % does not say what the row % says', tg_table_name, version ->> tg_argv[1]
            using errcode = '23001';
    end if;
    new.event_id := event;
    new.history_date := clock_timestamp();
    new.xid := audit_xid();
    new.salt := gen_random_uuid();
    new.version_digest := null;
    new.version_digest := audit_digest(new.salt, to_jsonb(new));
    return new;
end $$;

-- Deferred, on a history table: its event belongs to this very transaction.
create or replace function audit_witness() returns trigger
language plpgsql set search_path from current as $$
begin
    if not exists (select 1 from audit_event e where e.number = new.event_id and e.xid = audit_xid()) then
        raise exception 'event % of % is not of this transaction', new.event_id, tg_table_name
            using errcode = '23001';
    end if;
    return null;
end $$;

-- Deferred, on a tracked table (history table, key column): the live row, read again by its key (never NEW,
-- which is stale after a second save), equals the newest version, and that was written in this transaction.
create or replace function audit_demand() returns trigger
language plpgsql set timezone = 'UTC' set search_path from current as $$
declare
    row_key text := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end ->> tg_argv[1];
    live jsonb;
    version jsonb;
begin
    if tg_op = 'UPDATE' and row_key is distinct from to_jsonb(old) ->> tg_argv[1] then
        raise exception 'the key of % % was changed', tg_table_name, row_key using errcode = '23001';
    end if;
    execute format('select (select to_jsonb(t) from %1$I.%2$I t where t.%4$I = %5$L), (select to_jsonb(h)'
                   ' from %1$I.%3$I h where h.%4$I = %5$L order by h.history_id desc limit 1)',
                   tg_table_schema, tg_table_name, tg_argv[0], tg_argv[1], row_key) into live, version;
    if (version ->> 'xid')::bigint is distinct from audit_xid() then
        raise exception 'unaudited change of % %', tg_table_name, row_key using errcode = '23001';
    end if;
    if (live is null) <> (version ->> 'history_type' = '-')
       or exists (select 1 from jsonb_each(live) l where version -> l.key is distinct from l.value) then
        raise exception 'row % of % differs from its history', row_key, tg_table_name using errcode = '23001';
    end if;
    return null;
end $$;

-- Nothing recorded is changed or removed; the one exception is a redaction (redaction.sql).
create or replace function audit_refuse() returns trigger
language plpgsql set timezone = 'UTC' set search_path from current as $$
begin
    if tg_op = 'UPDATE' then
        if audit_redacts(tg_table_name, to_jsonb(old), to_jsonb(new)) then
            return new;
        end if;
    end if;
    raise exception 'append-only: % of % refused', lower(tg_op), tg_table_name using errcode = '23001';
end $$;
