"""A frozen protocol version, and the quote under a wish, cannot be changed or deleted, by commands either."""

from django.db import migrations

FORWARDS = """
create function interviews_frozen_protocol() returns trigger language plpgsql as $$
begin
    raise exception 'A frozen protocol is not changed: write the next version.' using errcode = '23001';
end $$;
create trigger interviews_frozen_protocol before update or delete on interviews_protocolversion
    for each row when (old.state = 'frozen') execute function interviews_frozen_protocol();
alter table interviews_protocolversion enable always trigger interviews_frozen_protocol;

create function interviews_quote_stays() returns trigger language plpgsql as $$
begin
    raise exception 'The quote under a wish is not changed or deleted.' using errcode = '23001';
end $$;
create trigger interviews_quote_stays before update on interviews_preference
    for each row when (
        (old.interview_id, old.number, old.statement, old.turn_id,
         old.start, old."end", old.exact, old.prefix, old.suffix)
        is distinct from
        (new.interview_id, new.number, new.statement, new.turn_id,
         new.start, new."end", new.exact, new.prefix, new.suffix)
    ) execute function interviews_quote_stays();
create trigger interviews_wish_stays before delete on interviews_preference
    for each row execute function interviews_quote_stays();
alter table interviews_preference enable always trigger interviews_quote_stays;
alter table interviews_preference enable always trigger interviews_wish_stays;
"""

BACKWARDS = """
drop trigger interviews_wish_stays on interviews_preference;
drop trigger interviews_quote_stays on interviews_preference;
drop trigger interviews_frozen_protocol on interviews_protocolversion;
drop function interviews_quote_stays();
drop function interviews_frozen_protocol();
"""


class Migration(migrations.Migration):
    dependencies = [("interviews", "0003_interview_guards")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
