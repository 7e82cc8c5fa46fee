"""What two people redact may go from a wish and from a frozen protocol as well; nothing else may."""

from django.db import migrations

REPLACE = """
create or replace function {name}() returns trigger language plpgsql set search_path from current as $$
begin
    {unless}
    raise exception '{sentence}' using errcode = '23001';
end $$;
"""
UNLESS = """if tg_op = 'UPDATE' and audit_redacts(tg_table_name, to_jsonb(old), to_jsonb(new)) then
        return new;
    end if;"""
SENTENCES = {
    "interviews_frozen_protocol": "A frozen protocol is not changed: write the next version.",
    "interviews_quote_stays": "The quote under a wish is not changed or deleted.",
}


def functions(unless: str) -> str:
    return "".join(
        REPLACE.format(name=name, unless=unless, sentence=sentence) for name, sentence in SENTENCES.items()
    )


class Migration(migrations.Migration):
    dependencies = [("interviews", "0005_interviews_can_be_searched"), ("audit", "0007_redaction_guards")]
    operations = [migrations.RunSQL(functions(UNLESS), functions(""))]
