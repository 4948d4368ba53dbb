-- Each session leaves a row in PostgreSQL: who was connected to what, why it ended, how much it did.
--
-- When to use it: accounting, and answers to "who was that". Add `on_disconnect` to any other policy.
--
-- Adapt: the columns; which sessions are worth a row.
-- Needs: the table of session-audit.sql; the connection string in MYPROXY_DATABASE. The rows are kept in memory until the
-- database takes them: while it is down, the latest 10,000. A proxy that is stopped or killed loses what it has not
-- written; the log has every session nevertheless.

local server = mysql_resolve('10.0.0.1:3306')
local db = pg:new(env.MYPROXY_DATABASE or 'dbname=myproxy', nil, { name = 'audit' })

local most_waiting = 10000
local most_at_once = 500
local pause = 5 -- seconds before the database is tried again

local waiting, writing, lost = {}, false, 0

local columns = { 'account', 'client', 'server', 'cause', 'queries', 'received_bytes', 'sent_bytes', 'seconds' }
local insert = [[
    INSERT INTO sessions (account, client, server, cause, queries, received_bytes, sent_bytes, seconds)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[],
        $8::float8[])]]

-- The first rows that wait, as one array for each column. PostgreSQL takes UTF-8 only, so other bytes become question marks.
local function batch(count)
    local params = { n = #columns }
    for i, column in ipairs(columns) do
        local values = { n = count }
        for row = 1, count do
            local value = waiting[row][column]
            values[row] = type(value) == 'string' and value:gsub('[^\32-\126]', '?') or value
        end
        params[i] = values
    end
    return params
end

-- Writes until nothing waits; only one at a time.
local function write()
    writing = true
    while #waiting > 0 do
        local count = math.min(#waiting, most_at_once)
        local before = lost
        local result, message = db:execute(insert, batch(count))
        if result then
            -- what was written, except for rows that were dropped meanwhile
            for _ = 1, count - (lost - before) do
                table.remove(waiting, 1)
            end
        else
            log.warn('sessions not written', { waiting = #waiting, lost = lost, reason = message })
            sleep(pause)
        end
    end
    writing = false
end

local handlers = {}

function handlers.on_handshake_response(client, login)
    client.account = login.user ~= '' and login.user or nil
    return client:connect(server, login)
end

function handlers.on_disconnect(client, cause, session)
    if #waiting >= most_waiting then
        table.remove(waiting, 1)
        lost = lost + 1
    end
    table.insert(waiting, {
        account = client.account,
        client = client.uid and 'uid ' .. client.uid or tostring(client.address),
        server = session.server,
        cause = cause,
        queries = session.queries,
        received_bytes = session.received_bytes,
        sent_bytes = session.sent_bytes,
        seconds = session.total_ms / 1000,
    })
    if not writing then
        write()
    end
end

mysql_listen('/run/myproxy/socket', handlers)
