-- The tables of postgres-accounts.lua. Run it once, as the owner of the schema:
--
--   psql --dbname=myproxy --file=postgres-accounts.sql
--
-- and let the proxy's role read: GRANT SELECT ON accounts TO myproxy;

CREATE TABLE accounts (
    name            text PRIMARY KEY,
    password        text NOT NULL,              -- what the client must send
    server          text NOT NULL,              -- '10.0.0.1:3306', '/run/mysqld/mysqld.sock'
    server_user     text NOT NULL,
    server_password text NOT NULL,
    server_database text,
    enabled         boolean NOT NULL DEFAULT true
);

-- Tells the proxies which account has changed, as soon as the transaction commits.
CREATE FUNCTION notify_account_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM pg_notify('account_changed', '*');
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM pg_notify('account_changed', OLD.name);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM pg_notify('account_changed', NEW.name);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER account_changed AFTER INSERT OR UPDATE OR DELETE ON accounts
    FOR EACH ROW EXECUTE FUNCTION notify_account_changed();

CREATE TRIGGER accounts_truncated AFTER TRUNCATE ON accounts
    FOR EACH STATEMENT EXECUTE FUNCTION notify_account_changed();
