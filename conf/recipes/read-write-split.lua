-- Users who only read go to replicas, all others to the server that takes writes.
--
-- When to use it: one primary and some replicas. Reports, searches and backups have users of their own, and are kept away
-- from the primary. A session is at one server from its beginning to its end: statements are not sent to different ones, so
-- nobody reads what is older than what they have written.
--
-- Adapt: the nodes, how readers are recognised, and how far replicas may be behind. A replica that is too far behind gets
-- nobody as long as there is another; when no replica works, readers go to the primary.
-- Needs: read_only = ON at the replicas; an account for the checks that may see the replication:
-- GRANT REPLICA MONITOR (MariaDB 10.5 and later) or GRANT REPLICATION CLIENT ON *.* TO myproxy@….

local cluster = mysql_cluster({ '10.0.0.1', '10.0.0.2', '10.0.0.3' }, {
    monitoring = true,
    user = 'myproxy',
    password = env.MYPROXY_CHECK_PASSWORD,
    no_read_only = true,
    max_lag = 10,
    interval = 5,
    disconnect_unavailable = true,
})

local readers = { reports = true, backup = true }

local handlers = {}

function handlers.on_handshake_response(client, login)
    client.account = login.user
    local reads = readers[login.user] or login.user:match('_ro$') ~= nil
    return client:connect(cluster, login, { read_only = reads })
end

mysql_listen('/run/myproxy/socket', handlers)
