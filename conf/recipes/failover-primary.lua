-- Everybody goes to the one server that takes writes; when it dies or is replaced, to the new one.
--
-- When to use it: a primary and a replica that stands by, with a program (orchestrator, MHA, a person) that promotes the
-- replica. Nobody has to tell the proxy: it asks each node whether it takes writes. As long as no node does, clients read an
-- error that says so, instead of failing at their first write.
--
-- Adapt: the nodes, and the times: with interval = 2 and fall = 2 a node is given up two checks after it died.
-- Needs: read_only = ON at the replica, and at a former primary before it starts again (read_only in my.cnf); an account for
-- the checks that may log in and nothing else.

local cluster = mysql_cluster({ '10.0.0.1', '10.0.0.2' }, {
    monitoring = true,
    user = 'myproxy',
    password = env.MYPROXY_CHECK_PASSWORD,
    no_read_only = true,
    interval = 2,
    timeout = 5,
    fall = 2,
    disconnect_unavailable = true, -- sessions at the old primary end, so that clients connect again
})

local changes = metrics.counter('cluster_node_changes', 'Changes of nodes', { 'to' })

cluster:on_change(function(node)
    changes:inc(1, { to = node.to })
    log.warn('node ' .. node.address .. ' is ' .. node.to, { before = node.from, reason = node.reason })
end)

local takes_writes = { alive = true, overloaded = true, unknown = true }

-- Nodes that have not been checked yet count: client:connect waits for the first checks.
local function has_primary()
    for _, node in ipairs(cluster:nodes()) do
        if takes_writes[node.state] then
            return true
        end
    end
    return false
end

local handlers = {}

function handlers.on_handshake_response(client, login)
    client.account = login.user
    if not has_primary() then
        return client:err('The database takes no writes at the moment; try again in a minute', 1290, 'HY000')
    end
    return client:connect(cluster, login)
end

mysql_listen('/run/myproxy/socket', handlers)
