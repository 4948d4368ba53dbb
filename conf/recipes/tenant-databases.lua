-- Tenants share a server; each sees its databases without the prefix that they have there.
--
-- When to use it: tenant joe has the databases joe_shop and joe_blog, and his software is configured for "shop" and "blog".
--
-- Adapt: how a tenant follows from the login, and what its server and its account there are.
-- Needs: grants at the server such as GRANT ALL ON `joe\_%`.* TO joe, since the proxy only translates names, and only where a
-- session's default database is chosen: at the login, by COM_INIT_DB ("use shop" in the mariadb client, mysql_select_db
-- and the like), and by a statement that is USE and nothing else. Names inside other statements (SELECT … FROM blog.posts) reach
-- the server as they are, where blog does not exist and joe_blog does; SHOW DATABASES and SELECT DATABASE() show the real
-- names. Software that does any of this needs the real names, which work here too.

local server = mysql_resolve('10.0.0.1:3306')
local longest_name = 64

local tenants = {
    joe = { password = 'secret', at_server = 'his password there' },
    ann = { password = 'secret too', at_server = 'her password there' },
}

-- The server's name for a tenant's database; nil, and why not.
local function real_name(tenant, database)
    local prefix = tenant .. '_'
    local name = database:sub(1, #prefix) == prefix and database or prefix .. database
    if #name > longest_name then
        return nil, 'The database name is too long'
    end
    return name
end

local handlers = {}

function handlers.on_handshake_response(client, login)
    local tenant = tenants[login.user]
    if not tenant or tenant.password ~= login.password then
        sleep(1)
        return client:err('Access denied for user ' .. login.user)
    end

    local database
    if login.database then
        local message
        database, message = real_name(login.user, login.database)
        if not database then
            return client:err(message)
        end
    end
    client.account = login.user
    return client:connect(server, { user = login.user, password = tenant.at_server, database = database })
end

function handlers.on_init_db(client, database)
    local name, message = real_name(client.account, database)
    return name and client:init_db(name) or client:err(message)
end

-- Costs each statement a question to the script; leave it out if no client says USE by itself.
function handlers.on_query(client, sql)
    local database = sql:match('^%s*[Uu][Ss][Ee]%s+`([^`]+)`%s*;?%s*$')
        or sql:match('^%s*[Uu][Ss][Ee]%s+([%w_$]+)%s*;?%s*$')
    if database then
        local name, message = real_name(client.account, database)
        return name and client:query('USE `' .. name .. '`') or client:err(message)
    end
end

mysql_listen('/run/myproxy/socket', handlers)
