-- The table of stored-hashes.lua. Run it once, as the owner of the schema:
--
--   psql --dbname=myproxy --file=stored-hashes.sql
--
-- and let the proxy's role read: GRANT SELECT ON password_hashes TO myproxy;

CREATE TABLE password_hashes (
    name    text PRIMARY KEY,
    hash    bytea NOT NULL,    -- mysql_native_password: '*' and 40 digits; caching_sha2_password: '$A$005$' and 63 bytes
    server  text NOT NULL      -- '10.0.0.1:3306', '/run/mysqld/mysqld.sock'
);

-- INSERT INTO password_hashes VALUES ('joe', decode('2A3134…', 'hex'), '10.0.0.1:3306');
