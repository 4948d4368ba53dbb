---@meta

-- What myproxy's configurations can call, for editors with the Lua language server.
-- Made from the annotations of the libraries: changes would be lost.

-- The state of the daemon

--- Options of `admin_listen`.
---@class AdminListenOptions
---@field mode? string who may connect to a Unix socket: the permissions of its file, `'0600'` by default
---@field allow? string[] who may ask: `unix:uid=N`, `unix:gid=N`, `unix:any`, an IP address or `ADDRESS/BITS`
---@field hosts? string[] names that browsers may use for it, besides IP addresses and `localhost`

--- Shows the state of the daemon by HTTP: as a page at `/`, and as JSON below `/api/`. May be called several times.
---@param address string|SocketAddress|systemd `/path`, `@name`, `*` or an IP address, either with `:PORT`; the port is 9101 if none is given. Or sockets that the daemon was started with
---@param options? AdminListenOptions
function admin_listen(address, options) end

-- Functions of the process

--- A socket address. `tostring` gives its text form, such as `192.0.2.1:3306` or `/path`; two of them are equal (`==`) if
--- they are the same address.
---@class SocketAddress

--- How many clients there may be, of all listeners together. What is not set has no limit.
---@class ClientLimits
---@field connections? integer clients at a time, whatever they do, 1 to 1000000
---@field per_account? integer sessions of one account at a time, as `client.account` says when the script connects them
---@field logins? integer clients at a time that have not logged in yet

--- Waits. Meanwhile other handlers run.
---@param seconds number how long, fractions too; not negative
function sleep(seconds) end

--- Resolves an address. In handlers it waits for the answer and returns nil and a message if it fails; while the
--- configuration loads it raises what goes wrong.
---@param text string `HOST`, `HOST:PORT`, `[IPV6]:PORT`, `IPV6`, `/path` or `@name`; the port is 3306 if none is given
---@return SocketAddress|nil address
---@return string|nil message what went wrong
function mysql_resolve(text) end

--- Loads the configuration again, in a new script, and waits until that is done. Clients that come afterwards have the new
--- one; sessions keep the handlers that they began with. If anything fails, everything stays as it was. To be called in
--- `reload`, or in another function that no client waits for; raises an error elsewhere, and while the configuration
--- loads.
---@return true|nil done
---@return string|nil message what went wrong
function reload_config() end

--- Limits how many clients there may be, of all listeners together: those that come from now on. Each call replaces what the one
--- before has set. Clients that are too many get ERR 1040, sessions of an account that are too many ERR 1226.
---@param limits ClientLimits
function limits(limits) end

-- Caches

--- Options of `cache:new`.
---@class CacheOptions
---@field size? integer how many entries are kept at most, 1 to 10,000,000; 10,000 by default. When there are more, the one goes that was not used for the longest time
---@field ttl? number for how many seconds an entry is good, fractions too; for ever by default, and 0 keeps nothing
---@field negative_ttl? number the same for results that are nil or false; 0 by default
---@field name? string the name in the metrics, 1 to 64 letters, digits, `_`, `-` or `.`

--- How a cache does.
---@class CacheStats
---@field entries integer How many entries there are, with those that have expired and were not asked for since.
---@field hits integer How many look-ups found what they looked for.
---@field misses integer How many did not.
---@field fetches integer How often a function was called to fetch something.
---@field evictions integer How many entries made room for others.

--- Everything about caches.
---@class cache
cache = {}

--- A cache. Keys are strings, numbers or booleans; values are anything, and stay the same ones (the same table, say).
---@class myproxy.cache
---@field name? string The name that it was given.
local myproxy_cache = {}

--- Makes a cache. Called again with the same name it gives the same cache, if the options are the same.
---@param options? CacheOptions
---@return myproxy.cache
function cache:new(options) end

--- Gives what is kept under a key.
---@param key string|number|boolean
---@return any value nil if there is nothing
---@return true|nil cached true if the nil or false before it was kept in the cache
function myproxy_cache:get(key) end

--- Keeps a value under a key. A fetch of this key that runs will not replace it.
---@param key string|number|boolean
---@param value any nil and false are kept only with a `negative_ttl`, or a `ttl` here
---@param ttl? number for how many seconds; as the cache was made by default
function myproxy_cache:set(key, value, ttl) end

--- Forgets a key. The result of a fetch that runs for it goes to those that wait for it, and is not kept.
---@param key string|number|boolean
---@return boolean existed whether there was an entry
function myproxy_cache:invalidate(key) end

--- Forgets all keys, as `invalidate` does each.
function myproxy_cache:clear() end

--- Gives what is kept under a key; if there is nothing, what a function returns, which is kept as well. The function is
--- called once for all who ask for the key until it has returned. Waits for it.
---@param key string|number|boolean
---@param load fun(key: string|number|boolean): any called with the key; its first result counts. If it raises an error, so does `fetch` for all who wait, and nothing is kept
---@return any value
function myproxy_cache:fetch(key, load) end

--- Says how the cache does.
---@return CacheStats
function myproxy_cache:stats() end

-- Control groups

--- A control group of the unified hierarchy (cgroups version 2). `tostring` gives its path. Once the client has left, every
--- use raises `Stale object`.
---@class cgroup_info
---@field path string its place in the hierarchy, such as `/user.slice/user-1000.slice`; `/` is the root
---@field parent cgroup_info|nil the group that it is in; nil for the root
---@field xattr cgroup_xattr its extended attributes

--- The extended attributes of a control group. Reading one waits for the kernel's answer. `user.` is put before names without
--- a dot. An attribute that does not exist or may not be read is nil; a group that does not exist any more raises
--- `Failed to open "…": …`.
---@class cgroup_xattr
---@field [string] string|nil the value, any bytes

-- Clocks

--- Everything about clocks.
---@class clock
clock = {}

--- Gives the seconds since the beginning of 1970. The clock may be set.
---@return number seconds
function clock.now() end

--- Gives the seconds since the script was started, of a clock that is never set: for measuring how long something takes.
---@return number seconds
function clock.monotonic() end

-- Clusters

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

--- A cluster. `tostring` gives its name.
---@class myproxy.cluster
---@field name string the option `name`, or its first node and the number of the others
local myproxy_cluster = {}

--- Makes a cluster, a target for `client:connect`. Called again with the same nodes and options it gives the same object.
---@param nodes (string|SocketAddress)[] addresses; the port is 3306 if none is given, host names must be resolved first with `mysql_resolve`
---@param options? ClusterOptions
---@return myproxy.cluster
function mysql_cluster(nodes, options) end

--- What is known of the nodes, in their order.
---@return ClusterNode[]
function myproxy_cluster:nodes() end

--- The state of a node.
---@param node string|SocketAddress one of the addresses
---@return string state one of `dead`, `auth_failed`, `unknown`, `read_only`, `overloaded`, `alive`
function myproxy_cluster:state(node) end

--- Ends the watch over the nodes. Logins that were sent here go on by what was known last; functions given to `on_change`
--- are called no more. `mysql_cluster` with the same arguments gives another cluster then.
function myproxy_cluster:close() end

--- Calls a function whenever the state of a node changes, in a coroutine of its own, one call after the other. At most 16
--- functions.
---@param callback fun(change: ClusterChange) what it returns is ignored; errors are logged
function myproxy_cluster:on_change(callback) end

-- Control datagrams

--- Commands that are collected for one datagram. Methods give the builder itself, so that calls can be chained.
---@class control_client.builder
local control_client_builder = {}

--- Sends control datagrams to one place.
---@class control_client.client
local control_client_client = {}

--- Control datagrams to other programs.
---@class control_client
control_client = {}

--- Resolves an address for control datagrams, as the C library does, IPv6 addresses first. In handlers it waits for the
--- answer and returns nil and a message if it fails; while the configuration loads it raises what goes wrong.
---@param text string `HOST`, `HOST:PORT`, `[IPV6]:PORT`, `IPV6`, `/path` or `@name`; the port is 5478 if none is given
---@return SocketAddress|nil address the address
---@return string|nil message what went wrong
function control_resolve(text) end

--- Ends child processes when they have nothing to do.
---@param ... string the names of the children, one command for each; an empty string means all
---@return control_client.builder builder this builder
function control_client_builder:fade_children(...) end

--- Empties the cache of filters.
---@param ... string tags, one command for each
---@return control_client.builder builder this builder
function control_client_builder:flush_filter_cache(...) end

--- Forgets HTTP sessions.
---@param ... string the names of the sessions, one command for each
---@return control_client.builder builder this builder
function control_client_builder:discard_session(...) end

--- Empties the HTTP cache.
---@param ... string tags, one command for each
---@return control_client.builder builder this builder
function control_client_builder:flush_http_cache(...) end

--- Ends child processes at once.
---@param ... string the names of the children, one command for each
---@return control_client.builder builder this builder
function control_client_builder:terminate_children(...) end

--- Closes the database connections of accounts, in all proxies that listen.
---@param ... string the accounts, one command for each
---@return control_client.builder builder this builder
function control_client_builder:disconnect_database(...) end

--- Resets limiters.
---@param ... string the names of the limiters, one command for each
---@return control_client.builder builder this builder
function control_client_builder:reset_limiter(...) end

--- Refuses requests of addresses for some time.
---@param ... string|integer IP addresses, one command for each; a number after them says for how many seconds, 60 if there is none
---@return control_client.builder builder this builder
function control_client_builder:reject_client(...) end

--- Delays requests of addresses for some time.
---@param ... string|integer IP addresses, one command for each; a number after them says for how many seconds, 60 if there is none
---@return control_client.builder builder this builder
function control_client_builder:tarpit_client(...) end

--- Cancels a job of a workshop.
---@param partition string the workshop's partition
---@param job string the job
---@return control_client.builder builder this builder
function control_client_builder:cancel_job(partition, job) end

--- Begins a new datagram, without commands.
---@return control_client.builder builder where the commands are collected
function control_client_client:build() end

--- Sends what a builder has collected, and waits until the kernel has taken it.
---@param builder control_client.builder the commands
---@return true|nil sent whether it was sent, not whether anybody did what it says
---@return string|nil message what went wrong
function control_client_client:send(builder) end

--- Makes a client.
---@param where string|SocketAddress `/path`, `@name`, or `HOST:PORT` for UDP; the port is 5478 if none is given
---@return control_client.client|nil client the client
---@return string|nil message what went wrong
function control_client:new(where) end

-- Control listeners

--- The second argument of `control_listen`.
---@class ControlListenOptions
--- Who may send: `unix:uid=N`, `unix:gid=N`, `unix:any` for processes at Unix sockets; IP addresses and networks
--- such as `10.0.0.0/8` for UDP. By default root and the daemon's own user, and loopback addresses.
---@field allow? string[]
---@field interface? string The only network interface whose datagrams count, such as `eth0`; a group is joined there.
---@field multicast_group? string A multicast group to join: an IP address, with `%interface` if need be.

--- Takes commands at a socket; `disconnect_database` ends the sessions of an account. Nothing is read before the
--- configuration has ended. May be called several times.
---@param address string|SocketAddress|systemd `*`, an IP address, either with `:PORT`, `/path` or `@name`; the port is 5478 if none is given. Or sockets that the daemon was started with
---@param options? ControlListenOptions
function control_listen(address, options) end

-- The environment

--- The environment variables. They can be read only, and they can't be walked with `pairs`: `env.names()` gives their names.
---@class env
---@field [string] string? The value of a variable; nil if there is none of that name.
env = {}

--- Gives the names of all variables, sorted.
---@return string[]
function env.names() end

-- Handlers and clients

--- Functions that the proxy calls, each in a coroutine of its own. `on_handshake_response` must be there; the proxy asks
--- nothing where another one is missing.
---@class Handlers
---@field on_connect? fun(client: myproxy.client): myproxy.err_action? A client was accepted and not greeted yet. Returns nothing, or what `client:err` gives.
---@field on_handshake_response fun(client: myproxy.client, login: myproxy.login): myproxy.connect_action|myproxy.err_action The client has sent its login. Returns what `client:connect` or `client:err` gives.
---@field on_command_phase? fun(client: myproxy.client) The server has accepted the login. Returns nothing.
---@field on_init_db? fun(client: myproxy.client, database: string): myproxy.init_db_action|myproxy.err_action The client wants another default database. Returns what `client:init_db` or `client:err` gives.
--- The client sent a statement, to be run or to be prepared: its bytes, in the character set of the connection. Returns
--- nothing to let it pass, or what `client:query` or `client:err` gives.
---@field on_query? fun(client: myproxy.client, sql: string): myproxy.query_action|myproxy.err_action|nil
--- The session of a client is over, however far it came: why, and in numbers. The client can still be read. Returns
--- nothing.
---@field on_disconnect? fun(client: myproxy.client, cause: string, session: SessionEnd)

--- The third argument of `mysql_listen`.
---@class ListenOptions
--- The longest statement, with its query attributes, that `on_query` is called for: 1024 to 1073741824, 1048576 by
--- default. Longer ones are refused.
---@field max_query_bytes? integer
--- Seconds that the proxy waits for a client in the course of one login, all of its answers together: 0.001 to 3600, 10 by
--- default. The time that the script and the server take does not count.
---@field login_timeout? number
--- How many clients of this listener may have connected and not logged in yet: 1 to 1000000, 1024 by default. Further ones
--- get the error 1040 "Too many connections".
---@field max_pending_logins? integer
--- Seconds after which a client is sent away that has nothing under way and sends no command: 0.001 to 31536000. Nobody is
--- unless it is set.
---@field idle_timeout? number
--- Seconds after which a client is cut off that takes nothing of what waits for it: 0.001 to 31536000. Nobody is unless it is
--- set.
---@field write_timeout? number
---@field local_infile? boolean Whether servers may ask the client for local files, as for LOAD DATA LOCAL INFILE; true by default.
--- How clients prove who they are. `'password'`, the default: the script receives their password. `'hash'`: it does not, and
--- asks with `login:verify` whether they know the one of a stored hash. `'certificate'`: they have shown a TLS certificate,
--- and nothing more is asked.
---@field auth? "password"|"hash"|"certificate"
--- True to take passwords in clear text over TCP without TLS, from clients that are set up for `mysql_clear_password`; false
--- by default. Over Unix sockets and TLS they are always taken.
---@field allow_cleartext? boolean
--- The file of the RSA key that clients encrypt their passwords for over TCP without TLS: PEM, without passphrase, 2048 to 8192
--- bits. By default the daemon makes a key of its own when it starts.
---@field rsa_private_key? string
--- Whose headers of the PROXY protocol tell who the clients are. Each connection has to come from one of them then, and to
--- begin with a header, within 5 seconds.
---@field proxy_protocol? ProxyProtocol
--- What greetings say the server's version is: a version, or `'server'` for that of the server which a client of the listener was
--- logged in to last. `5.7.30` by default, and while no server is known. `on_connect` may set another one for a client.
---@field server_version? string
--- Whether clients are offered TLS: false if not, a table for a certificate of your own. Where nothing or true is set, they are
--- offered it with a certificate that the daemon has made and signed itself.
---@field tls? boolean|ListenTlsOptions

--- The option `proxy_protocol` of `mysql_listen`.
---@class ProxyProtocol
---@field trusted string[] whose headers are believed: IP addresses and networks such as `10.0.0.0/8`; at Unix sockets `unix` for all processes, `unix:uid=N` or `unix:gid=N`

--- The option `tls` of `mysql_listen`. Files are in PEM form; relative names start where the configuration is. They are read
--- again when they have changed.
---@class ListenTlsOptions
---@field certificate? string The certificate, with those behind it that lead to an authority. Without it the daemon makes one and signs it itself.
---@field key? string the file of the private key, without a password; the certificate's file if it is not set
---@field required? boolean true to refuse clients that do not ask for TLS, with the error 3159; false by default
---@field ca? string the file with the authorities that sign the certificates of clients
--- Whether clients show a certificate, which must be valid: `'none'`, `'optional'` or `'required'`. The default is `'none'`, and
--- `'optional'` where `ca` is set; with `auth = 'certificate'` it is `'required'`.
---@field client_certificate? string
---@field versions? string[] what may be spoken: `'TLSv1.2'`, `'TLSv1.3'`; both by default

--- What to log in with to the server in `client:connect`. What is missing is empty; without any password it is the client's
--- own, where the script does not know that.
---@class Login
---@field user? string the user name
---@field password? string the password in clear
---@field password_sha1? string 20 bytes, the SHA1 of the password; enough for `mysql_native_password`
---@field database? string the default database

--- The login of a client: a table of user, password and database, which can be changed and handed to `client:connect`.
--- Everything else can only be read, and does not show in `pairs`.
---@class myproxy.login
---@field user string Read and write: the user name
---@field password string? Read and write: the password in clear; where the listener has another `auth` than `'password'` there is none, and reading it raises an error
---@field password_sha1 string? Read and write: for the server, see `Login`; nil at first
---@field database string? Read and write: the default database
---@field auth_plugin string? the authentication plugin that the client came with, nil if it named none
---@field charset integer the number of the collation that the client asks for, such as 45 for `utf8mb4_general_ci`
---@field capabilities table<string, true> the capability flags in force, by their small names: `capabilities.local_files`
---@field attributes table<string, string> what the client says about its program, such as `program_name`; nobody checks that it is true
---@field [string] any what the script has put into the table
local myproxy_login = {}

--- The third argument of `client:connect`.
---@class ConnectOptions
---@field read_only? boolean true to prefer a read-only node of a cluster
---@field allow_cleartext? boolean true to allow that the password goes to the server in clear text over a network
---@field connect_timeout? number seconds until one of the servers must have greeted; 30 if it is not set
---@field proxy_protocol? integer 1 or 2: the connection begins with a header of the PROXY protocol of this version, which tells the server the client's address; as the cluster says if it is not set
--- What the connection is encrypted with: true for authorities that the system trusts and the server's address, or a table. Where
--- nothing is set the cluster's `tls` holds, and without one the connection is not encrypted.
---@field tls? true|ServerTls

--- The option `tls` of `client:connect` and `mysql_cluster`. Files are in PEM form; relative names start where the process is.
---@class ServerTls
--- What the server has to prove: `'full'` that an authority vouches for it under its name, `'ca'` under any name, `'none'` nothing;
--- `'full'` by default.
---@field verify? string
---@field ca? string the file with the authorities that may vouch for the server; those of the system if it is not set
---@field server_name? string the name that the server has to have, and is told; its address if it is not set
---@field certificate? string the file of a certificate to be shown to the server
---@field key? string the file of its private key, without a password; the certificate's file if it is not set

--- The numbers of a session, as in its last log line.
---@class SessionEnd
---@field id integer the connection id that the client was given
---@field account? string as the script set it
---@field listener string where the client connected to
---@field proxy? string the balancer that the client came through, if its header of the PROXY protocol said so
---@field server? string the server's address, if there was one
---@field cause string why the session ended, such as `client_quit`
---@field phase string how far it came: `proxy_header`, `accept`, `greeting`, `decision`, `connect`, `login` or `command`
---@field queries integer how many statements went to the server
---@field received_bytes integer from the client, after the login
---@field sent_bytes integer to the client, after the login
---@field hook_ms number how long handlers took before the first command, in milliseconds
---@field connect_ms number how long connecting to the server took, in milliseconds
---@field login_ms number how long the server's greeting and authentication took, in milliseconds
---@field total_ms number from accepting the client to the end, in milliseconds

--- What `client:err` gives: refuses, once a handler returns it.
---@class myproxy.err_action

--- What `client:connect` gives: logs in to a server, once a handler returns it.
---@class myproxy.connect_action

--- What `client:init_db` gives: changes the default database, once a handler returns it.
---@class myproxy.init_db_action

--- What `client:query` gives: runs or prepares a statement, once a handler returns it.
---@class myproxy.query_action

--- A client's TLS: `client.tls`.
---@class ClientTls
---@field version string `TLSv1.2` or `TLSv1.3`
---@field cipher string the cipher suite, such as `TLS_AES_128_GCM_SHA256`
---@field server_name? string the host that the client says it wants to speak to
---@field subject? string whose certificate the client has shown, such as `CN=web,O=Example`; only verified ones are seen
---@field fingerprint? string SHA-256 of that certificate: 64 hex digits in lower case

--- A client. The same object in all handlers of a connection; it may be a key of a table. When the connection is gone and
--- `on_disconnect` has ended, every use of an attribute raises `Stale object`. An unknown attribute raises
--- `Unknown attribute`.
---@class myproxy.client
---@field pid integer? the process at the other end of a Unix socket; nil over TCP, and through a balancer
---@field uid integer? the user of that process
---@field gid integer? the group of that process
---@field cgroup cgroup_info? the control group of the process at the other end of a Unix socket; reading it waits
---@field tls ClientTls? What the client's TLS handshake has brought; nil without TLS, and in `on_connect`. A new table each time.
---@field address SocketAddress where the client comes from; of Unix clients it prints as `?`. Behind a balancer it is what the balancer says
---@field proxy_address SocketAddress? the balancer that the client came through, as its header of the PROXY protocol says; the same as `address` if the balancer does not know the client's
---@field local_address SocketAddress where the client has connected to: the listener, or which address of this machine if that has several; behind a balancer with `proxy_protocol` the balancer's address that the client knows
---@field account string? Read and write: the name that the client has in logs, that chooses a node of a cluster, and whose connections may KILL each other; not empty, nil until set.
--- The default database of the session, as the server has confirmed it; nil if there is none. Clients that do not track
--- the session's state change it with the statement `USE` without the proxy's knowing.
---@field database string?
---@field server_version string Read and write: what the greeting says, to be set in `on_connect`; later the server's own.
---@field notes table a table of the script's own, empty at first
local myproxy_client = {}

--- Creates and binds a listener. Nothing is accepted before the configuration has ended.
---@param where string|SocketAddress|systemd a path, `@name`, `HOST:PORT` or `*:PORT`; the port is 3306 if none is given. Or sockets that the daemon was started with
---@param handlers Handlers
---@param options? ListenOptions
function mysql_listen(where, handlers, options) end

--- Asks the client whether it knows the password of a hash, unless it has said enough already; waits for its answer. After
--- `true` `client:connect` needs no password: it takes what the client has proved to know.
---@param hash string as in `mysql.user`: `*` and 40 hexadecimal digits, of `mysql_native_password`, or `$A$005$` and 63 bytes, of `caching_sha2_password`
---@return boolean known whether it is the client's password
function myproxy_login:verify(hash) end

--- Refuses. Nothing happens until a handler returns the result. A refused login ends the connection; after a refused
--- database or statement the session goes on.
---@param message string what the client gets to read
---@param code? integer the error's code, 1 to 65534; by default 1043 for a login, 1044 for a database, 1227 for a statement
---@param sqlstate? string five digits or capital letters; by default what servers send with that code, or `HY000`
---@return myproxy.err_action
function myproxy_client:err(message, code, sqlstate) end

--- Logs in to a server. Nothing happens until `on_handshake_response` returns the result.
---@param target myproxy.cluster|SocketAddress|string a cluster or an address; host names must be resolved first, with `mysql_resolve`
---@param login Login
---@param options? ConnectOptions
---@return myproxy.connect_action
function myproxy_client:connect(target, login, options) end

--- Changes the default database. Nothing happens until `on_init_db` returns the result.
---@param name string the database
---@return myproxy.init_db_action
function myproxy_client:init_db(name) end

--- Runs or prepares another statement in the place of the client's. Nothing happens until `on_query` returns the result.
---@param sql string any length, any bytes, in the character set of the connection
---@return myproxy.query_action
function myproxy_client:query(sql) end

-- JSON

--- Options of `json.parse`.
---@class JsonParseOptions
---@field null? any what stands for null, such as `json.null`; without it members that are null vanish, and arrays get holes

--- JSON. Tables with the keys 1 to n and no other are arrays, all others are objects; `json.array` makes the difference
--- where a table is empty.
---@class json
--- What stands for null in tables, where nil can't. `json.dump` writes it as `null`; `tostring` gives `null`; it counts as
--- true in conditions.
---@field null json.null
json = {}

--- The type of `json.null`. There is only one object of it.
---@class json.null

--- Writes a value as JSON: without blanks, the members of objects sorted by the bytes of their names, numbers so that
--- they read as the same number. Raises an error for what has no form in JSON: functions, userdata, threads, numbers that
--- are not finite, strings that are not UTF-8, keys that are neither strings nor numbers, tables that contain themselves
--- or are nested more than 128 deep. The text has at most 16 MiB.
---@param value any nil becomes `null`
---@return string text
function json.dump(value) end

--- Reads a JSON text. Numbers beyond 2^53 lose digits; of members with the same name the last one counts; what is not
--- exactly one JSON value in UTF-8, is nested more than 128 deep or has more than 16 MiB is an error.
---@param text string
---@param options? JsonParseOptions
---@return any value nil for `null`, too, and then there is no message
---@return string|nil message `parse error at line L, column C: …`
function json.parse(text, options) end

--- Makes a table known as an array, so that `json.dump` writes it as one even if it is empty or has holes, which become
--- null. The arrays that `json.parse` gives are known already. The table gets a metatable with `__jsontype = 'array'`; a
--- table with a metatable of its own can have that field set there.
---@param table? table a new one if it is left out
---@return table table the same table
function json.array(table) end

-- JSON Web Tokens

--- Options of `jwt.verify`.
---@class JwtVerifyOptions
---@field leeway? number how many seconds the clocks may differ for `exp` and `nbf`; 0 by default

--- JSON Web Tokens.
---@class jwt
jwt = {}

--- Signs a token. `alg` and `typ` of the header are set to `EdDSA` and `JWT`; the tables are not changed.
---@param sk string the secret key, 64 bytes, as `sodium.crypto_sign_keypair` gives it
---@param header table names and values, written as `json.dump` does
---@param payload table the claims: names and values, written as `json.dump` does
---@return string token
function jwt.sign(sk, header, payload) end

--- Verifies a token: its form, that it is signed with `EdDSA`, the signature, and that the time is neither at or after `exp`
--- nor before `nbf`, if the token has these claims. Other claims are for the script to look at. Tokens with critical
--- header parameters (`crit`) are refused.
---@param token string of at most 16384 bytes
---@param pk string the public key, 32 bytes
---@param options? JwtVerifyOptions
---@return table|nil payload the claims; nil if the token is not good
---@return table|string header the header; what is wrong with the token if it is not good
function jwt.verify(token, pk, options) end

-- The log

--- Everything about the log.
---@class log
log = {}

--- Writes a line if the log level is `debug`.
---@param text string
---@param fields? table<string, any> what follows the text as `key=value`, sorted by key
function log.debug(text, fields) end

--- Writes a line to stdout.
---@param text string
---@param fields? table<string, any> what follows the text as `key=value`, sorted by key
function log.info(text, fields) end

--- Writes a line to stderr.
---@param text string
---@param fields? table<string, any> what follows the text as `key=value`, sorted by key
function log.warn(text, fields) end

--- Writes a line to stderr.
---@param text string
---@param fields? table<string, any> what follows the text as `key=value`, sorted by key
function log.error(text, fields) end

-- Metrics

--- A number that only goes up.
---@class myproxy.counter
local myproxy_counter = {}

--- A number that goes up and down.
---@class myproxy.gauge
local myproxy_gauge = {}

--- How often numbers up to certain bounds were seen, such as durations.
---@class myproxy.histogram
local myproxy_histogram = {}

--- Everything about metrics.
---@class metrics
metrics = {}

--- Shows all metrics of the daemon and of the script by HTTP, at the path `/metrics`, and at `/ready` whether it accepts
--- clients. May be called several times.
---@param address string|SocketAddress|systemd `*`, an IP address, either with `:PORT`, `/path` or `@name`; the port is 9100 if none is given. Or sockets that the daemon was started with
function prometheus_listen(address) end

--- Adds to it.
---@param n? number not negative; 1 by default
---@param labels? table<string, string|number|boolean> a value for each label
function myproxy_counter:inc(n, labels) end

--- Sets it.
---@param value number
---@param labels? table<string, string|number|boolean> a value for each label
function myproxy_gauge:set(value, labels) end

--- Adds to it.
---@param n? number 1 by default
---@param labels? table<string, string|number|boolean> a value for each label
function myproxy_gauge:inc(n, labels) end

--- Takes away from it.
---@param n? number 1 by default
---@param labels? table<string, string|number|boolean> a value for each label
function myproxy_gauge:dec(n, labels) end

--- Counts a number.
---@param value number not negative
---@param labels? table<string, string|number|boolean> a value for each label
function myproxy_histogram:observe(value, labels) end

--- Makes a counter.
---@param name string its name, with or without `_total` at the end
---@param help string what it counts
---@param labels? string[] names of labels
---@return myproxy.counter
function metrics.counter(name, help, labels) end

--- Makes a gauge.
---@param name string its name
---@param help string what it shows
---@param labels? string[] names of labels
---@return myproxy.gauge
function metrics.gauge(name, help, labels) end

--- Makes a histogram.
---@param name string its name, with the unit: `login_seconds`
---@param help string what it measures
---@param labels? string[] names of labels
---@param buckets? number[] the bounds, rising, above 0; 0.001 to 10 by default, good for seconds
---@return myproxy.histogram
function metrics.histogram(name, help, labels, buckets) end

-- PostgreSQL

--- Options of `pg:new`.
---@class PgOptions
---@field pool? integer how many connections queries are spread over, 1 to 100; 1 by default. With more than one, queries run side by side and in no certain order, and another connection is opened for notifications
---@field name? string what the database is called in metrics and the log; host, port and database by default
---@field max_result_bytes? integer how large the rows of one result may be, up to 1 GiB; 16 MiB by default. A larger one is an error
---@field max_waiting? integer how many queries may wait for a connection, up to 1,000,000; 10,000 by default. One more is an error

--- A database. It connects when it is first used, and again whenever the connection is lost.
---@class pg.connection
local pg_connection = {}

--- What a query gave.
---@class pg.result
---@field ntuples integer How many rows there are.
---@field cmd_tuples? integer How many rows the command selected, inserted, changed or deleted; nil if it was none of these commands.
---@field columns string[] The names of the columns.
local pg_result = {}

--- PostgreSQL databases and arrays.
---@class pg
pg = {}

--- Executes SQL and waits for the result. Without parameters there may be several statements, of which the last gives the
--- result. With parameters there is one statement, in which `$1`, `$2` … stand for them: strings, numbers, booleans, tables
--- (arrays) and nil (NULL).
---@param sql string UTF-8 without NUL
---@param params? table the parameters; its field `n`, if it has one, says how many there are
---@return pg.result|nil result nil if something went wrong
---@return string|nil message what went wrong
---@return string|nil sqlstate the server's five characters, if it was the server that refused
function pg_connection:execute(sql, params) end

--- Calls a function for each notification of a channel, in a coroutine of its own and one at a time. It is called with nil
--- when notifications may have been missed.
---@param name string the channel, exactly as in `NOTIFY "name"`; 1 to 63 bytes
---@param callback fun(payload: string|nil)
function pg_connection:listen(name, callback) end

--- Closes the connections. What waits or runs fails, and so does whatever is asked of the object later.
function pg_connection:close() end

--- Gives the next row, as strings in PostgreSQL's own format; NULL is nil.
---@param table? table filled and returned; a new one by default
---@param mode? "a"|"n" `a`, the default, for the columns' names as keys, `n` for 1, 2 …
---@return table<string|integer, string>|nil row nothing when there are no more rows
function pg_result:fetch(table, mode) end

--- Gives an iterator over the rows that were not fetched yet, each a new table.
---@param mode? "a"|"n" as in `fetch`
---@return fun(): table<string|integer, string>|nil
function pg_result:rows(mode) end

--- Makes a database object. It does not connect yet.
---@param conninfo string a connection string of libpq, `host=… dbname=…` or `postgresql://…`
---@param schema? string the schema that names are looked up in; set whenever a connection is made
---@param options? PgOptions
---@return pg.connection
function pg:new(conninfo, schema, options) end

--- Gives the text of an array, with every element quoted.
---@param elements (string|number)[]
---@return string
function pg:encode_array(elements) end

--- Takes the text of an array of one dimension apart. NULL elements become the string `NULL`.
---@param text string such as `{a,"b c"}`; an empty one stands for an empty array
---@return string[]
function pg:decode_array(text) end

-- Sockets

--- Options of `socket:connect`.
---@class SocketOptions
---@field type? "stream"|"dgram"|"seqpacket" what the socket carries; `stream` by default
---@field timeout? number how many seconds connecting may take, and each `send` and `receive` that names none; 10 by default

--- A connected socket.
---@class socket.connection
local socket_connection = {}

--- Connections to other programs.
---@class socket
socket = {}

--- Sends a string, or a part of it, and waits until the kernel has taken it. After a `timeout` the socket is closed.
---@param data string what to send; nothing happens if it is empty
---@param first? integer the position to begin at, in what `last` left; negative from the end; 1 by default
---@param last? integer the position to end at; negative from the end; the end by default
---@return integer|nil sent how many bytes
---@return string|nil message what went wrong
function socket_connection:send(data, first, last) end

--- Waits for data: a message, or what there is of a stream. Of a stream, what is longer than `max` is kept for the next
--- call; of a message, it is lost.
---@param max? integer how many bytes at most, up to 1048576; 65536 by default
---@param timeout? number how many seconds to wait; 0 gives what is there
---@return string|nil data nil at the end of a connection, and if something went wrong
---@return string|nil message what went wrong, such as `timeout`
function socket_connection:receive(max, timeout) end

--- Closes the socket. May be called again.
function socket_connection:close() end

--- Connects, and waits until the connection stands.
---@param address string|SocketAddress `/path`, `@name`, `HOST:PORT`; host names are looked up, IPv6 addresses first
---@param options? SocketOptions
---@return socket.connection|nil connection the socket
---@return string|nil message what went wrong
function socket:connect(address, options) end

-- Cryptography

--- Functions of libsodium.
---@class sodium
sodium = {}

--- Bytes as hexadecimal digits, in lower case.
---@param bytes string
---@return string hex
function sodium.bin2hex(bytes) end

--- Hexadecimal digits, in lower or upper case, as bytes.
---@param hex string
---@return string|nil bytes nothing if the number of digits is odd or there is anything else among them
function sodium.hex2bin(hex) end

--- Unpredictable bytes.
---@param size integer 1 to 1048576
---@return string bytes
function sodium.randombytes(size) end

--- A new pair of keys for boxes.
---@return string pk the public key, 32 bytes
---@return string sk the secret key, 32 bytes
function sodium.crypto_box_keypair() end

--- Seals a message so that only the owner of the secret key can open it.
---@param message string
---@param pk string the public key, 32 bytes
---@return string box 48 bytes longer than the message
function sodium.crypto_box_seal(message, pk) end

--- Opens what was sealed by `sodium.crypto_box_seal`.
---@param box string at least 48 bytes
---@param pk string the public key, 32 bytes
---@param sk string the secret key, 32 bytes
---@return string|nil message nothing if it can't be opened
function sodium.crypto_box_seal_open(box, pk, sk) end

--- The public key that belongs to a secret key for boxes.
---@param sk string 32 bytes
---@return string pk 32 bytes
function sodium.crypto_scalarmult_base(sk) end

--- A new pair of keys for signatures.
---@return string pk the public key, 32 bytes
---@return string sk the secret key, 64 bytes: the seed, then the public key
function sodium.crypto_sign_keypair() end

--- Signs a message (Ed25519).
---@param message string
---@param sk string the secret key, 64 bytes
---@return string signature 64 bytes
function sodium.crypto_sign_detached(message, sk) end

--- Verifies a signature.
---@param signature string
---@param message string
---@param pk string the public key, 32 bytes
---@return boolean|nil good nothing if the signature has not 64 bytes
function sodium.crypto_sign_verify_detached(signature, message, pk) end

--- Hashes a password for keeping (Argon2id, 2 passes over 64 MiB). Waits while a thread of its own computes.
---@param password string
---@return string|nil hash a text such as `$argon2id$v=19$m=65536,t=2,p=1$…`; nil if too many wait for theirs, or memory is short
---@return string|nil message what went wrong
function sodium.crypto_pwhash_str(password) end

--- Compares a password with a hash that `sodium.crypto_pwhash_str` or another program made (Argon2id or Argon2i). Waits while a
--- thread of its own computes, for as long and with as much memory as the hash says.
---@param hash string
---@param password string
---@return boolean|nil good nil if too many wait for theirs
---@return string|nil message what went wrong
function sodium.crypto_pwhash_str_verify(hash, password) end

--- Compares two strings in a time that does not tell where they differ.
---@param a string
---@param b string
---@return boolean equal
function sodium.memcmp(a, b) end

--- SHA-1, as `mysql_native_password` and the `password_sha1` of `client:connect` need it.
---@param bytes string
---@return string digest 20 bytes
function sodium.sha1(bytes) end

--- SHA-256.
---@param bytes string
---@return string digest 32 bytes
function sodium.sha256(bytes) end

-- systemd

--- Where to listen: on all sockets that the daemon was started with and that nothing has taken yet. Called with a name, on
--- those of that name: systemd calls a socket as `FileDescriptorName=` in its unit says, or else like the unit.
---@class systemd
---@overload fun(name: string): systemd
systemd = {}
