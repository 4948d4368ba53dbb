-- Passwords are checked against hashes in PostgreSQL, as MySQL and MariaDB store them; the proxy never has a password in clear.
--
-- When to use it: accounts were copied from a server (SELECT user, HEX(authentication_string) FROM mysql.user), and clients
-- keep their passwords. With hashes of mysql_native_password, what a client proves is enough for the same account at a server.
--
-- Adapt: the query, and the server. Hashes of caching_sha2_password have bytes in their salt that no text column takes:
-- let the column be bytea, as here, and the query give hexadecimal digits.
-- Needs: the table of stored-hashes.sql, and the connection string in the environment variable MYPROXY_DATABASE.

local db = pg:new(env.MYPROXY_DATABASE or 'dbname=myproxy', nil, { name = 'hashes', pool = 4 })
local hashes = cache:new{ size = 100000, ttl = 60, negative_ttl = 5, name = 'hashes' }

local function unhex(digits)
    return (digits:gsub('%x%x', function(pair)
        return string.char(tonumber(pair, 16))
    end))
end

-- The stored row of a user; false if there is none. Errors are not cached.
local function load_user(name)
    local result, message = db:execute(
        [[SELECT encode(hash, 'hex') AS hash, server FROM password_hashes WHERE name = $1]], { name })
    if not result then
        error('hashes: ' .. message, 0)
    end
    local row = result:fetch()
    return row and { hash = unhex(row.hash), server = row.server } or false
end

local handlers = {}

function handlers.on_handshake_response(client, login)
    local ok, user = pcall(hashes.fetch, hashes, login.user, load_user)
    if not ok then
        log.error(user)
        return client:err('The account database is not available; try again later')
    end
    if not user or not login:verify(user.hash) then
        sleep(1)
        return client:err('Access denied for user ' .. login.user, 1045, '28000')
    end
    client.account = login.user
    -- no password: what the client has proved is used
    return client:connect(user.server, { user = login.user, database = login.database })
end

mysql_listen('/run/myproxy/socket', handlers, { auth = 'hash' })
