-- The account is written on the control group (cgroup) that the client's process runs in.
--
-- When to use it: processes of customers run in containers or systemd slices, perhaps all under the same Unix user. Whoever
-- starts a customer's processes names the account, in one of two ways:
--
--   setfattr -n user.account -v joe /sys/fs/cgroup/customers.slice/joe.slice     (an extended attribute)
--   the group's name itself: /customers.slice/customer-joe.slice/…
--
-- A process can't leave its group by itself, and its children stay in it, so this is as good as a password and needs none.
--
-- Adapt: the name of the attribute, the pattern for paths, and what becomes of the account.
-- Needs: clients on the same machine, the unified cgroup hierarchy (systemd's default). The proxy needs no privileges. Keep
-- delegated subtrees in mind: who may write a group's attributes decides who its processes are, so the search goes from
-- the root downwards, and the first attribute that it meets counts.

local server = mysql_resolve('10.0.0.1:3306')
local shared_password = os.getenv('MYPROXY_SERVER_PASSWORD') or ''
local attribute = 'account'
local pattern = '^/customers%.slice/customer%-([%w_]+)%.slice'

-- The groups that a group is in, from the root downwards, and itself.
local function path_to(group)
    local groups = {}
    while group do
        table.insert(groups, 1, group)
        group = group.parent
    end
    return groups
end

local function account_of(group)
    for _, one in ipairs(path_to(group)) do
        if one.path ~= '/' then
            local account = one.xattr[attribute]
            if account then
                return account
            end
        end
    end
    return group.path:match(pattern)
end

local handlers = {}

function handlers.on_connect(client)
    local group = client.cgroup
    local account = group and account_of(group)
    if not account then
        print('no account for cgroup ' .. (group and group.path or '(none)'))
        return client:err('There is no database account for this service')
    end
    client.account = account
end

function handlers.on_handshake_response(client, login)
    return client:connect(server, {
        user = client.account,
        password = shared_password,
        database = login.database or client.account,
    })
end

mysql_listen('/run/myproxy/socket', handlers)
