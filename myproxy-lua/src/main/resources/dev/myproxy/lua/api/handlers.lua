---@meta

--- Handlers and clients
---
--- Listeners, the functions that the proxy calls for their clients, and what these functions can see and decide.

--- Functions that the proxy calls, each in a coroutine of its own. `on_handshake_response` must be there; the proxy asks
--- nothing where another one is missing.
---@class Handlers
--- A client was accepted and not greeted yet. Returns nothing, or what `client:err` gives.
---@field on_connect? fun(client: myproxy.client): myproxy.err_action?
--- The client has sent its login. Returns what `client:connect` or `client:err` gives.
---@field on_handshake_response fun(client: myproxy.client, login: myproxy.login): myproxy.connect_action|myproxy.err_action
--- The server has accepted the login. Returns nothing.
---@field on_command_phase? fun(client: myproxy.client)
--- The client wants another default database. Returns what `client:init_db` or `client:err` gives.
---@field on_init_db? fun(client: myproxy.client, database: string): myproxy.init_db_action|myproxy.err_action
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
--- Whether servers may ask the client for local files, as for LOAD DATA LOCAL INFILE; true by default.
---@field local_infile? boolean
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
--- The certificate, with those behind it that lead to an authority. Without it the daemon makes one and signs it itself.
---@field certificate? string
---@field key? string the file of the private key, without a password; the certificate's file if it is not set
---@field required? boolean true to refuse clients that do not ask for TLS, with the error 3159; false by default
---@field ca? string the file with the authorities that sign the certificates of clients
--- Whether clients show a certificate, which must be valid: `'none'`, `'optional'` or `'required'`. The default is `'none'`, and
--- `'optional'` where `ca` is set; with `auth = 'certificate'` it is `'required'`.
---@field client_certificate? string
---@field versions? string[] what may be spoken: `'TLSv1.2'`, `'TLSv1.3'`; both by default

--- Creates and binds a listener. Nothing is accepted before the configuration has ended.
---@loading
---@param where string|SocketAddress|systemd a path, `@name`, `HOST:PORT` or `*:PORT`; the port is 3306 if none is given. Or sockets that the daemon was started with
---@param handlers Handlers
---@param options? ListenOptions
function mysql_listen(where, handlers, options) end

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
local login = {}

--- Asks the client whether it knows the password of a hash, unless it has said enough already; waits for its answer. After
--- `true` `client:connect` needs no password: it takes what the client has proved to know.
---@param hash string as in `mysql.user`: `*` and 40 hexadecimal digits, of `mysql_native_password`, or `$A$005$` and 63 bytes, of `caching_sha2_password`
---@return boolean known whether it is the client's password
function login:verify(hash) end

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
local err_action = {}

--- What `client:connect` gives: logs in to a server, once a handler returns it.
---@class myproxy.connect_action
local connect_action = {}

--- What `client:init_db` gives: changes the default database, once a handler returns it.
---@class myproxy.init_db_action
local init_db_action = {}

--- What `client:query` gives: runs or prepares a statement, once a handler returns it.
---@class myproxy.query_action
local query_action = {}

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
--- What the client's TLS handshake has brought; nil without TLS, and in `on_connect`. A new table each time.
---@field tls ClientTls?
---@field address SocketAddress where the client comes from; of Unix clients it prints as `?`. Behind a balancer it is what the balancer says
---@field proxy_address SocketAddress? the balancer that the client came through, as its header of the PROXY protocol says; the same as `address` if the balancer does not know the client's
---@field local_address SocketAddress where the client has connected to: the listener, or which address of this machine if that has several; behind a balancer with `proxy_protocol` the balancer's address that the client knows
--- Read and write: the name that the client has in logs, that chooses a node of a cluster, and whose connections may KILL each other; not empty, nil until set.
---@field account string?
--- The default database of the session, as the server has confirmed it; nil if there is none. Clients that do not track
--- the session's state change it with the statement `USE` without the proxy's knowing.
---@field database string?
---@field server_version string Read and write: what the greeting says, to be set in `on_connect`; later the server's own.
---@field notes table a table of the script's own, empty at first
local client = {}

--- Refuses. Nothing happens until a handler returns the result. A refused login ends the connection; after a refused
--- database or statement the session goes on.
---@param message string what the client gets to read
---@param code? integer the error's code, 1 to 65534; by default 1043 for a login, 1044 for a database, 1227 for a statement
---@param sqlstate? string five digits or capital letters; by default what servers send with that code, or `HY000`
---@return myproxy.err_action
function client:err(message, code, sqlstate) end

--- Logs in to a server. Nothing happens until `on_handshake_response` returns the result.
---@param target myproxy.cluster|SocketAddress|string a cluster or an address; host names must be resolved first, with `mysql_resolve`
---@param login Login
---@param options? ConnectOptions
---@return myproxy.connect_action
function client:connect(target, login, options) end

--- Changes the default database. Nothing happens until `on_init_db` returns the result.
---@param name string the database
---@return myproxy.init_db_action
function client:init_db(name) end

--- Runs or prepares another statement in the place of the client's. Nothing happens until `on_query` returns the result.
---@param sql string any length, any bytes, in the character set of the connection
---@return myproxy.query_action
function client:query(sql) end
