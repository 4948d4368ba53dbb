-- Everybody goes to one server, with the user name and password that they have there.
--
-- When to use it: the server has the users already, and the proxy stands before it to give clients a socket on their own
-- machine, to have one place that names the server, and to log who was connected.
--
-- Adapt: `server`, `listeners`, and who is kept out.
-- Needs: nothing. The server's name is resolved at each login, so that a change in DNS needs no restart.

local server = 'db1.example:3306'

-- Users who may log in at the server itself only.
local kept_out = { root = true, mysql = true, ['mariadb.sys'] = true }

local handlers = {}

function handlers.on_handshake_response(client, login)
    if login.user == '' or kept_out[login.user] then
        return client:err('Access denied for user ' .. login.user)
    end
    client.account = login.user

    local address, message = mysql_resolve(server)
    if not address then
        print('no database server: ' .. message)
        return client:err('The database server can not be found')
    end
    return client:connect(address, login)
end

mysql_listen('/run/myproxy/socket', handlers)
mysql_listen('127.0.0.1:3306', handlers)
