-- Accounts are spread over a Galera cluster, and each stays at its node as long as that works.
--
-- When to use it: several servers that all take writes. What an account needs is in the memory of one server only, and
-- two sessions of an account never wait for each other across the network. When a node dies its accounts go to the others,
-- evenly, and the accounts of the others stay where they are; when it is back, its accounts come back.
--
-- Adapt: the nodes, the shares of those that are larger, and the account that checks them. For servers that replicate in
-- another way leave out galera; for MySQL's group replication take group_replication.
-- Needs: an account for the checks that may log in and nothing else: CREATE USER myproxy@'10.0.0.%' IDENTIFIED BY '…'.

local cluster = mysql_cluster({ '10.0.0.1', '10.0.0.2', '10.0.0.3' }, {
    monitoring = true,
    user = 'myproxy',
    password = env.MYPROXY_CHECK_PASSWORD,
    galera = true,
    interval = 5,
    fall = 2,
    disconnect_unavailable = true,
    weights = { ['10.0.0.3'] = 2 },
})

cluster:on_change(function(node)
    local say = node.to == 'alive' and log.info or log.warn
    say('node ' .. node.address .. ' is ' .. node.to, { before = node.from, reason = node.reason })
end)

local handlers = {}

function handlers.on_handshake_response(client, login)
    client.account = login.user -- what chooses the node
    return client:connect(cluster, login)
end

mysql_listen('/run/myproxy/socket', handlers)
