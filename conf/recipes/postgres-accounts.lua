-- Passwords, servers and accounts there come from PostgreSQL, through a cache that the database keeps fresh.
--
-- When to use it: many accounts that other software creates and changes. A login costs a query only if the account was not
-- looked up lately; a change holds from the moment it is notified, usually within milliseconds.
--
-- Adapt: the query and what becomes of a row; the size and the times of the cache.
-- Needs: the tables and triggers of postgres-accounts.sql, and the connection string in the environment variable
-- MYPROXY_DATABASE, such as "host=/run/postgresql dbname=myproxy user=myproxy connect_timeout=5". While the database is
-- down, accounts in the cache go on to work until their time is over.

local db = pg:new(env.MYPROXY_DATABASE or 'dbname=myproxy', nil, { name = 'accounts', pool = 4 })
local accounts = cache:new{ size = 100000, ttl = 600, negative_ttl = 5, name = 'accounts' }

db:listen('account_changed', function(name)
    if name == nil or name == '*' then
        accounts:clear() -- notifications may have been missed
    else
        accounts:invalidate(name)
    end
end)

-- The account's row; false if there is none. Called once for all who wait for the same account. Errors are not cached.
local function load_account(name)
    local result, message = db:execute(
        [[SELECT password, server, server_user, server_password, server_database
            FROM accounts WHERE name = $1 AND enabled]], { name })
    if not result then
        error('accounts: ' .. message, 0)
    end
    return result:fetch() or false
end

local handlers = {}

function handlers.on_handshake_response(client, login)
    local ok, account = pcall(accounts.fetch, accounts, login.user, load_account)
    if not ok then
        log.error(account)
        return client:err('The account database is not available; try again later')
    end
    if not account or not sodium.memcmp(account.password, login.password) then
        sleep(1)
        return client:err('Access denied for user ' .. login.user, 1045, '28000')
    end
    client.account = login.user
    return client:connect(account.server, {
        user = account.server_user,
        password = account.server_password,
        database = account.server_database or login.database,
    })
end

mysql_listen('/run/myproxy/socket', handlers)
