-- The table of sealed-passwords.lua. Whoever writes it needs the public key only:
--
--   INSERT INTO sealed_accounts VALUES ('joe', '$argon2id$…', '10.0.0.1', 'u1', '\x…');
--
-- where password_hash is what sodium.crypto_pwhash_str gives for the password that the client will send, and
-- sealed_password is sodium.crypto_box_seal(password at the server, public key).

CREATE TABLE sealed_accounts (
    name            text PRIMARY KEY,
    password_hash   text NOT NULL,
    server          text NOT NULL,
    server_user     text NOT NULL,
    sealed_password bytea NOT NULL
);
