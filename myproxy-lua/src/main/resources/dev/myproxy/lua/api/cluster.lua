---@meta

--- Clusters
---
--- Several servers as one target: each account has its server among those that work, and comes to the next one when
--- that fails.

--- Options of `mysql_cluster`. All but `monitoring`, `weights`, `proxy_protocol` and `name` need `monitoring`.
---@class ClusterOptions
---@field monitoring? boolean true to watch the nodes with health checks
---@field user? string the user that health checks log in with; without one they only wait for the server's greeting
---@field password? string the password of that user; needs `user`
---@field no_read_only? boolean true to ask whether nodes take writes, and to prefer those that do; needs `user`
---@field disconnect_unavailable? boolean true to end sessions when their node is worse than others
---@field interval? number seconds from the end of a check to the next one, 0.1 to 86,400; 20 by default
---@field timeout? number seconds that a whole check may take, 0.1 to 3,600; 10 by default
---@field rise? integer how many good checks in a row bring a node back that was dead or refused the login, 1 to 100; 1 by default
---@field fall? integer how many failures in a row make a working node dead, 1 to 100; 1 by default
---@field check? string a SELECT statement: if the first column of its first row is not true, the node is dead; needs `user`
---@field max_lag? number how many seconds a replica may be behind before it counts as dead, 0 to 604,800; needs `user`
---@field galera? boolean true to ask whether the node is a synced member of a Galera cluster; needs `user`
---@field group_replication? boolean true to ask whether the node is an online member of a replication group; needs `user`
---@field ready_timeout? number seconds that logins wait for the first checks, 0.1 to 3,600; 30 by default
---@field weights? table<string|SocketAddress, number> the shares of nodes, 0 to 1,000, relative to each other; 1 for those that are not in it
---@field proxy_protocol? integer 1 or 2: connections to the nodes begin with a header of the PROXY protocol of this version, which tells the server the client's address; of health checks it says that they are for no client
---@field tls? true|ServerTls what connections to the servers are encrypted with, those of health checks too
---@field name? string what the cluster is called in logs and metrics, 1 to 64 letters, digits, `_`, `-` or `.`; by default the first node

--- A node of a cluster as `cluster:nodes` shows it.
---@class ClusterNode
---@field address string its address, in the form `HOST:PORT` or that of a path
---@field state "dead"|"auth_failed"|"unknown"|"read_only"|"overloaded"|"alive" how fit it is; from worst to best
---@field suspect boolean true if it has just failed and no check has confirmed that yet
---@field weight number its share
---@field reason string what the last check found, or what failed, for people; empty if there was nothing yet
---@field since number when it came into this state, in seconds since 1970
---@field check_seconds? number how long the last check took
---@field lag_seconds? number how far behind the last check found it, if `max_lag` asks for that

--- A change of a node, as functions given to `cluster:on_change` get it.
---@class ClusterChange
---@field address string the address of the node
---@field from string the state before
---@field to string the state now
---@field reason string why, for people

--- Makes a cluster, a target for `client:connect`. Called again with the same nodes and options it gives the same object.
---@param nodes (string|SocketAddress)[] addresses; the port is 3306 if none is given, host names must be resolved first with `mysql_resolve`
---@param options? ClusterOptions
---@return myproxy.cluster
function mysql_cluster(nodes, options) end

--- A cluster. `tostring` gives its name.
---@class myproxy.cluster
---@field name string the option `name`, or its first node and the number of the others
local cluster = {}

--- What is known of the nodes, in their order.
---@return ClusterNode[]
function cluster:nodes() end

--- The state of a node.
---@param node string|SocketAddress one of the addresses
---@return string state one of `dead`, `auth_failed`, `unknown`, `read_only`, `overloaded`, `alive`
function cluster:state(node) end

--- Ends the watch over the nodes. Logins that were sent here go on by what was known last; functions given to `on_change`
--- are called no more. `mysql_cluster` with the same arguments gives another cluster then.
function cluster:close() end

--- Calls a function whenever the state of a node changes, in a coroutine of its own, one call after the other. At most 16
--- functions.
---@param callback fun(change: ClusterChange) what it returns is ignored; errors are logged
function cluster:on_change(callback) end
