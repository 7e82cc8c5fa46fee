-- Events %(first)s to %(last)s of %(total)s, the version each wrote, and the same version in the stock history. What a
-- guard would stamp is stamped here, with the guards' own audit_digest.
create temporary table made on commit drop as
select i,
       %(number)s + i as number,
       %(version)s + i as version,
       case when i %% 10 <> 0 then %(book)s::uuid
            else ('00000000-0000-0000-0001-' || lpad(to_hex((i / 10 - 1) / 5), 12, '0'))::uuid end as book,
       case when i %% 10 <> 0 then 1 else 2 + (i / 10 - 1) / 5 end as stock_book,
       case when i %% 10 <> 0 then i - i / 10 else (i / 10 - 1) %% 5 + 1 end as place,
       1 + floor(cardinality(ids) * power(i * 7919 %% 1000 / 1000.0, 2))::int as who,
       case when i %% 3 = 0 then 'Moved at the wish of reader ' || i %% 977 else '' end as reason,
       ids, names, users,
       %(since)s + i as xid,
       %(at)s::timestamptz + i * interval '10 microseconds' as at
from generate_series(%(first)s::bigint, %(last)s::bigint) i,
     (select array_agg(id order by name) as ids, array_agg(name order by name) as names,
             array_agg(user_id order by name) as users from accounts_person) people;

insert into audit_event (number, verb, outcome, actor_id, actor_name, actor_roles, on_behalf_of_name, target_type,
    target_id, target_label, reason, data, origin, reference, at, xid, salt, digest)
select number, verb, outcome, actor_id, actor_name, actor_roles, on_behalf_of_name, target_type,
    target_id, target_label, reason, data, origin, reference, at, xid, salt, audit_digest(salt, to_jsonb(e))
from (
    select number,
           (array['shelf.book.moved', 'shelf.book.lent', 'shelf.book.returned', 'shelf.book.signed'])
               [1 + i * 31 %% 4] as verb,
           'done' as outcome, ids[who] as actor_id, names[who] as actor_name, 'archivist' as actor_roles,
           null::uuid as on_behalf_of_id, '' as on_behalf_of_name,
           'shelf.TrackedBook' as target_type, book::text as target_id, 'Book ' || stock_book as target_label,
           reason, jsonb_build_object('place', place) as data, 'web' as origin, md5(i::text) as reference,
           null::bigint as caused_by_id, at, xid, gen_random_uuid() as salt
    from made offset 0
) e;

insert into shelf_historicaltrackedbook (id, title, shelf, place, lent, due, note, signed_by, history_id, history_date,
    history_type, history_change_reason, history_user_id, event_id, actor_name, xid, salt, version_digest)
select id, title, shelf, place, lent, due, note, signed_by, history_id, history_date,
    history_type, history_change_reason, history_user_id, event_id, actor_name, xid, salt, audit_digest(salt, to_jsonb(v))
from (
    select book as id, 'Book ' || stock_book as title,
           case place %% 7 when 0 then 'third gallery' else 'second gallery' end as shelf, place,
           place %% 4 = 1 as lent, case place %% 4 when 1 then date '2026-01-01' + (place %% 300)::int end as due,
           repeat('n', 600) as note, names[who] as signed_by, version as history_id, at as history_date,
           case place when 1 then '+' else '~' end as history_type, nullif(reason, '') as history_change_reason,
           ids[who] as history_user_id, number as event_id, names[who] as actor_name, xid, gen_random_uuid() as salt
    from made offset 0
) v;

insert into shelf_historicalhistoricbook (id, title, shelf, place, lent, due, note, signed_by, history_date,
    history_type, history_change_reason, history_user_id)
select stock_book, 'Book ' || stock_book, case place %% 7 when 0 then 'third gallery' else 'second gallery' end, place,
       place %% 4 = 1, case place %% 4 when 1 then date '2026-01-01' + (place %% 300)::int end,
       repeat('n', 600), names[who], at, case place when 1 then '+' else '~' end, nullif(reason, ''), users[who]
from made;
