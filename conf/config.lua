-- The configuration of myproxy: a Lua program that runs once when the daemon starts. It creates listeners, and leaves
-- handlers behind, which the daemon calls for each client.
--
-- As it stands it passes everybody on to the MariaDB or MySQL server of this machine, with the user name and password
-- that the client sent. The manual is in docs/.

-- The server: a Unix socket (Debian's MariaDB listens here), or HOST:PORT.
local server = mysql_resolve('/run/mysqld/mysqld.sock')
-- local server = mysql_resolve('127.0.0.1:3306')

local handler = {}

-- A client sent user name, password and database; `login` has them as strings. The handler must return what is to
-- happen: client:connect(server, {user=..., password=..., database=...}) or client:err(message).
function handler.on_handshake_response(client, login)
    -- The account is a name for log lines; it has no meaning for the server.
    if login.user ~= '' then
        client.account = login.user
    end

    return client:connect(server, login)
end

-- A client that is logged in asks for another default database ("use shop" in the mariadb client). The handler must
-- return client:init_db(name) or client:err(message). Without this handler the server decides alone.
function handler.on_init_db(client, database)
    return client:init_db(database)
end

-- Where clients connect to: the sockets of cm4all-myproxy.socket, if systemd has started the daemon with them. In a terminal there are
-- none, and mysql_listen(systemd, ...) fails; then it is an abstract socket, and a TCP port that only this machine reaches.
-- What a line of your own may say: mysql_listen('/run/myproxy/socket', handler), mysql_listen('*:3307', handler).
-- Clients are told the version of the server, by which many of them choose what they do.
local options = { server_version = 'server' }
if not pcall(mysql_listen, systemd, handler, options) then
    mysql_listen('@myproxy', handler, options)
    mysql_listen('127.0.0.1:3307', handler, options)
end

-- SIGHUP ("systemctl reload") calls this function, which loads this file again. Sessions keep what they began with. If anything
-- fails, the log says why, and everything stays as it was.
function reload()
    reload_config()
end

-- Where "myproxy status", "myproxy sessions", "myproxy kill" and "myproxy reload" ask the daemon, as root or its own user;
-- how it does as a page for browsers, too. See docs/admin.md.
-- admin_listen('/run/cm4all/myproxy/admin.sock')
