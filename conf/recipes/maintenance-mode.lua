-- A row in PostgreSQL closes a server for new logins at all proxies at once, with a message for the clients.
--
-- When to use it: before work on a server. Sessions that stand go on; new ones read when to come back, instead of running
-- into timeouts. Administrators still get in.
--
-- Adapt: how a server follows from the login; who may log in nevertheless.
-- Needs: the table and trigger of maintenance-mode.sql; the connection string in MYPROXY_DATABASE. The proxy starts without
-- the database, too, and takes all servers as open until it has read the table.

local db = pg:new(env.MYPROXY_DATABASE or 'dbname=myproxy', nil, { name = 'maintenance' })

local servers = { joe = '10.0.0.1:3306', ann = '10.0.0.2:3306', maintenance = '10.0.0.1:3306' }
local administrators = { maintenance = true }

local closed = {}

-- Reads the whole table; what was known before stays if that fails.
local function read()
    local result, message = db:execute('SELECT server, message FROM maintenance')
    if not result then
        log.warn('maintenance not known', { reason = message })
        return
    end
    local found = {}
    for row in result:rows() do
        found[row.server] = row.message
    end
    closed = found
end

-- Called for each change, and also when changes may have been missed.
db:listen('maintenance', read)
read()

local handlers = {}

function handlers.on_handshake_response(client, login)
    local server = servers[login.user]
    if not server then
        return client:err('Access denied for user ' .. login.user, 1045, '28000')
    end
    if closed[server] and not administrators[login.user] then
        return client:err('The server is down for maintenance. ' .. closed[server], 1053, '08S01')
    end
    client.account = login.user
    return client:connect(server, login)
end

mysql_listen('/run/myproxy/socket', handlers)
