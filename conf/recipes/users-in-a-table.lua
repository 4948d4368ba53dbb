-- Users stand in a table: the password that they show to the proxy, and what they become at which server.
--
-- When to use it: a few dozen users who change rarely. The password at the server never leaves the proxy's machine, and
-- can be changed there without telling anybody.
--
-- Adapt: the table. It may be kept in a file of its own, which SIGHUP reads again: name that in the environment variable
-- MYPROXY_USERS. The file returns a table like the one below, and should be readable by the proxy alone.
-- Needs: nothing.

local users = {
    joe = {
        password = 'correct horse battery staple',
        server = '10.0.0.1:3306',
        login = { user = 'customer_joe', password = 'at the server', database = 'joe' },
    },
    -- With password_sha1, sodium.sha1 of the password in hexadecimal digits, servers that use mysql_native_password are
    -- satisfied, and the password itself stands nowhere.
    ann = {
        password = 'another long one',
        server = '/run/mysqld/mysqld.sock',
        login = { user = 'customer_ann', password_sha1 = 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3', database = 'ann' },
    },
}

local function unhex(digits)
    return (digits:gsub('%x%x', function(pair)
        return string.char(tonumber(pair, 16))
    end))
end

-- Raises what is wrong with a table of users; better now than when one of them wants to log in.
local function prepare(table)
    for name, user in pairs(table) do
        if type(user.password) ~= 'string' or user.password == '' then
            error('user ' .. name .. ' has no password', 0)
        end
        user.target = mysql_resolve(user.server)
        if not user.target then
            error('user ' .. name .. ' has no server', 0)
        end
        if user.login.password_sha1 then
            user.login.password_sha1 = unhex(user.login.password_sha1)
        end
    end
    return table
end

local file = os.getenv('MYPROXY_USERS')

-- If the file is broken, this raises an error, which goes to the log, and the users stay as they were.
function reload()
    if file then
        users = prepare(dofile(file))
    end
end

if file then
    reload()
else
    prepare(users)
end

local handlers = {}

function handlers.on_handshake_response(client, login)
    local user = users[login.user]
    if not user or user.password ~= login.password then
        print('wrong user name or password: ' .. login.user)
        sleep(1) -- guessing takes time; only this client waits
        return client:err('Access denied for user ' .. login.user)
    end
    client.account = login.user
    return client:connect(user.target, user.login)
end

-- At the server each user can see other databases only if they may; here they can't even ask.
function handlers.on_init_db(client, database)
    if database ~= users[client.account].login.database then
        return client:err('Access denied to database ' .. database)
    end
    return client:init_db(database)
end

mysql_listen('/run/myproxy/socket', handlers)
