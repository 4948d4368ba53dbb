-- A file says which servers there are and how many accounts each gets; SIGHUP reads it again.
--
-- When to use it: servers come and go, or are emptied before work on them, and the proxy must not be restarted for that. A
-- server with weight 0 gets no new sessions as long as another one works; those that are there can end in peace.
--
-- Adapt: the path in MYPROXY_SERVERS, and the options of the cluster. The file returns a table from addresses to weights:
-- return { ['10.0.0.1'] = 1, ['10.0.0.2'] = 0, ['10.0.0.3'] = 2 }
-- Needs: an account for the checks that may log in and nothing else.

local file = env.MYPROXY_SERVERS or 'servers.lua'
local cluster

-- Which node an account has does not depend on the order of the nodes, but a cluster is the same one only if it has the same.
local function sorted_keys(set)
    local keys = {}
    for key in pairs(set) do
        keys[#keys + 1] = key
    end
    table.sort(keys)
    return keys
end

local function read(path)
    local load, message = loadfile(path)
    if not load then
        error(message, 0)
    end
    local weights = load()
    return mysql_cluster(sorted_keys(weights), {
        monitoring = true,
        user = 'myproxy',
        password = env.MYPROXY_CHECK_PASSWORD,
        interval = 5,
        weights = weights,
    })
end

-- If the file is broken, this raises an error, which goes to the log, and everything stays as it was.
function reload()
    local new = read(file)
    if cluster and cluster ~= new then
        cluster:close()
    end
    cluster = new
end

local there = io.open(file)
if there then
    there:close()
    reload()
else
    -- so that the recipe can be tried without a file
    cluster = mysql_cluster({ '10.0.0.1', '10.0.0.2' }, { monitoring = true })
end

local handlers = {}

function handlers.on_handshake_response(client, login)
    client.account = login.user
    return client:connect(cluster, login)
end

mysql_listen('/run/myproxy/socket', handlers)
