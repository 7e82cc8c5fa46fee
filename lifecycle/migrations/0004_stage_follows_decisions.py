"""A stage of ours begins active and changes only as its newest StageChange says, by whatever means it is written."""

from django.db import migrations

FORWARDS = """
create function lifecycle_stage_follows_decisions() returns trigger
language plpgsql set search_path from current as $$
declare newest record;
begin
    if new.ours and (tg_op = 'INSERT' or not old.ours) and new.stage <> 'active' then
        raise exception 'a model of ours begins active, not %', new.stage using errcode = '23001';
    end if;
    if tg_op = 'UPDATE' and old.ours and new.stage is distinct from old.stage then
        select from_stage, to_stage into newest from lifecycle_stagechange
            where ai_model_id = new.id order by number desc limit 1;
        if newest.to_stage is distinct from new.stage or newest.from_stage is distinct from old.stage then
            raise exception 'no decision makes % go from % to %', new.slug, old.stage, new.stage
                using errcode = '23001';
        end if;
    end if;
    return new;
end $$;
create trigger lifecycle_stage_follows_decisions before insert or update on lifecycle_aimodel
    for each row execute function lifecycle_stage_follows_decisions();
alter table lifecycle_aimodel enable always trigger lifecycle_stage_follows_decisions;
"""
BACKWARDS = """
drop trigger lifecycle_stage_follows_decisions on lifecycle_aimodel;
drop function lifecycle_stage_follows_decisions();
"""


class Migration(migrations.Migration):
    dependencies = [("lifecycle", "0003_lifecycle_guards")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
