-- The account is the Unix user behind the client's process; nobody needs a password.
--
-- When to use it: on a machine where each customer has a Unix user of their own, as on a web server with one PHP pool per
-- customer. The kernel says who is at the other end of the socket; what the client sends as name and password is
-- ignored, so that nothing secret has to stand in the customers' files.
--
-- Adapt: `first` and `last`, the uids of customers; how an account, a server and a password follow from the uid; who else may
-- log in.
-- Needs: clients on the same machine, outside of foreign pid namespaces (there the proxy sees no process). The password file
-- has lines ACCOUNT:PASSWORD and must be readable by the proxy alone; SIGHUP reads it again.

local first, last = 10000, 59999
local server = mysql_resolve('10.0.0.1:3306')
local password_file = os.getenv('MYPROXY_PASSWORDS') or '/etc/cm4all/myproxy/passwords'

-- Unix users who are no customers, with the account that they get.
local staff = { [0] = 'maintenance', [33] = 'monitoring' }

local passwords = {}

local function read_passwords()
    local found = {}
    for line in io.lines(password_file) do
        local account, password = line:match('^([^:#]+):(.+)$')
        if account then
            found[account] = password
        end
    end
    return found
end

function reload()
    passwords = read_passwords()
end
reload()

local function account_of(uid)
    if uid and uid >= first and uid <= last then
        return 'c' .. uid
    end
    return uid and staff[uid]
end

local handlers = {}

-- Refused before the greeting: who is not known learns nothing about the server.
function handlers.on_connect(client)
    local account = account_of(client.uid)
    if not account then
        print('refused uid ' .. tostring(client.uid))
        return client:err('There is no database account for your user')
    end
    client.account = account
end

function handlers.on_handshake_response(client, login)
    local password = passwords[client.account]
    if not password then
        print('no password for ' .. client.account)
        return client:err('Your database account is not ready yet')
    end
    return client:connect(server, { user = client.account, password = password, database = login.database })
end

mysql_listen('/run/myproxy/socket', handlers)
