"""The number of seats taken is kept by the database itself, so that no path can give one seat more than there are."""

from django.db import migrations

SEATS = """
CREATE FUNCTION learning_count_seats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state = 'booked' THEN
        UPDATE learning_livesession SET booked = booked - 1 WHERE id = OLD.session_id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.state = 'booked' THEN
        UPDATE learning_livesession SET booked = booked + 1 WHERE id = NEW.session_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER learning_booking_counted AFTER INSERT OR DELETE OR UPDATE OF state, session_id ON learning_booking
    FOR EACH ROW EXECUTE FUNCTION learning_count_seats();
"""


class Migration(migrations.Migration):
    dependencies = [("learning", "0006_sessions_and_notices")]

    operations = [
        migrations.RunSQL(
            SEATS,
            "DROP TRIGGER learning_booking_counted ON learning_booking; DROP FUNCTION learning_count_seats();",
        )
    ]
