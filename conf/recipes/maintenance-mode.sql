-- The table of maintenance-mode.lua: one row per server that is down. To begin and to end:
--
--   INSERT INTO maintenance VALUES ('10.0.0.1:3306', 'Back at 14:00');
--   DELETE FROM maintenance WHERE server = '10.0.0.1:3306';

CREATE TABLE maintenance (
    server  text PRIMARY KEY,
    message text NOT NULL
);

CREATE FUNCTION notify_maintenance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('maintenance', '');
    RETURN NULL;
END
$$;

CREATE TRIGGER maintenance_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON maintenance
    FOR EACH STATEMENT EXECUTE FUNCTION notify_maintenance();
