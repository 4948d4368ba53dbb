-- The table of session-audit.lua. The proxy's role needs INSERT on it and nothing else.

CREATE TABLE sessions (
    ended          timestamptz NOT NULL DEFAULT now(),
    account        text,
    client         text NOT NULL,
    server         text,
    cause          text NOT NULL,
    queries        bigint NOT NULL,
    received_bytes bigint NOT NULL,
    sent_bytes     bigint NOT NULL,
    seconds        double precision NOT NULL
);

CREATE INDEX sessions_by_account ON sessions (account, ended);
