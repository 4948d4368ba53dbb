dofile('src/test/resources/lua/check.lua')

local h = {on_handshake_response = no_login}
local function f() end

-- arguments
raises_at('Invalid parameter count', function() mysql_listen() end)
raises_at('Invalid parameter count', function() mysql_listen('/x') end)
raises_at('Invalid parameter count', function() mysql_listen('/x', h, {}, nil) end)
raises_at("bad argument #2 to 'mysql_listen' (Not a table)", function() mysql_listen('/x', nil) end)
raises_at("bad argument #2 to 'mysql_listen' (Not a table)", function() mysql_listen('/x', 'y') end)
raises_at("bad argument #2 to 'mysql_listen' (Not a table)", function() mysql_listen({}, f) end)
raises_at("bad argument #2 to 'mysql_listen' (Key is not a string)", function() mysql_listen('/x', {f}) end)
raises_at("bad argument #2 to 'mysql_listen' (Key is not a string)", function() mysql_listen('/x', {[true] = f}) end)
raises_at("bad argument #2 to 'mysql_listen' (Value is not a function)",
    function() mysql_listen('/x', {on_handshake_response = 'no'}) end)
raises_at("bad argument #2 to 'mysql_listen' (Value is not a function)",
    function() mysql_listen('/x', {on_handshake_response = setmetatable({}, {__call = f})}) end)
raises_at("bad argument #2 to 'mysql_listen' (Unrecognized key)", function() mysql_listen('/x', {nothing = f}) end)
raises_at([[bad argument #2 to 'mysql_listen' (Unrecognized key; did you mean "on_connect"?)]],
    function() mysql_listen('/x', {on_conect = f}) end)
raises_at("bad argument #2 to 'mysql_listen' (No on_handshake_response handler)", function() mysql_listen('/x', {}) end)
raises_at("bad argument #2 to 'mysql_listen' (No on_handshake_response handler)",
    function() mysql_listen({}, {on_connect = f}) end)
raises_at("bad argument #3 to 'mysql_listen' (table expected, got nil)", function() mysql_listen('/x', h, nil) end)
raises_at("bad argument #3 to 'mysql_listen' (table expected, got number)", function() mysql_listen('/x', h, 1) end)
raises_at("bad argument #3 to 'mysql_listen' (Bad key type)", function() mysql_listen('/x', h, {[f] = 1}) end)
raises('(Unknown option "max_query_byte"', mysql_listen, '/x', h, {max_query_byte = 2048})
raises('max_query_bytes', mysql_listen, '/x', h, {max_query_byte = 2048})
for _, bad in ipairs{0, 1023, 2 ^ 30 + 1, -1, 0 / 0, '2048', true, {}} do
    raises_at("bad argument #3 to 'mysql_listen' (Bad 'max_query_bytes' value: expected a number from 1024 to 1073741824)",
        function() mysql_listen('/x', h, {max_query_bytes = bad}) end)
end
local function bad(key, value, expected)
    raises_at(("bad argument #3 to 'mysql_listen' (Bad '%s' value: expected %s)"):format(key, expected),
        function() mysql_listen('/x', h, {[key] = value}) end)
end
for _, value in ipairs{0, 0.0009, 3600.1, -1, 0 / 0, 1 / 0, '10', true, {}} do
    bad('login_timeout', value, 'seconds from 0.001 to 3600')
end
for _, key in ipairs{'idle_timeout', 'write_timeout'} do
    for _, value in ipairs{0, 0.0009, 31536001, -1, 0 / 0, 1 / 0, '10', false, {}} do
        bad(key, value, 'seconds from 0.001 to 31536000')
    end
end
for _, value in ipairs{0, 1.5, 1000001, -1, 0 / 0, '10', true, {}} do
    bad('max_pending_logins', value, 'a whole number from 1 to 1000000')
end
for _, value in ipairs{0, 1, 'false', {}} do
    bad('local_infile', value, 'true or false')
end
for _, value in ipairs{'', '8\0', ('9'):rep(256)} do
    bad('server_version', value, "'server', or a version such as '8.4.3' of 1 to 255 bytes without NUL")
end
for _, value in ipairs{true, {}, f} do
    bad('server_version', value, 'a string')
end
local function bad_proxy(where, value, message)
    raises("bad argument #3 to 'mysql_listen' (Bad 'proxy_protocol' value: " .. message,
        function() mysql_listen(where, h, {proxy_protocol = value}) end)
end
local example = "such as {trusted = {'10.0.0.0/8', '::1', 'unix'}}"
for _, value in ipairs{true, 2, '10.0.0.0/8'} do
    bad_proxy('*:1', value, 'expected a table ' .. example)
end
for _, value in ipairs{{}, {trusted = true}, {trusted = {}}, {trusted = {a = '::1'}}, {trusted = {'::1', x = '::1'}}} do
    bad_proxy('*:1', value, 'expected a list of the proxies that are trusted, ' .. example)
end
bad_proxy('*:1', {trust = {'::1'}}, 'unknown key "trust"')
bad_proxy('*:1', {'::1'}, 'unknown key "1"')
bad_proxy('*:1', {trusted = {'balancer.example'}}, '"balancer.example" names no senders')
bad_proxy('*:1', {trusted = {10}}, '"" names no senders')
bad_proxy('*:1', {trusted = {'10.1.2.3/8'}}, '"10.1.2.3/8" is no network; write "10.0.0.0/8"')
bad_proxy('127.0.0.1:1', {trusted = {'unix'}}, "nobody is trusted at 127.0.0.1:1: it names no hosts, such as '127.0.0.1'")
bad_proxy('/x', {trusted = {'::1'}}, "nobody is trusted at /x: it names no processes, such as 'unix'")
for _, value in ipairs{0, 'x', f} do
    bad('tls', value, 'true, false or a table')
end
local function bad_tls(tls, key, expected)
    raises_at(("bad argument #3 to 'mysql_listen' (Bad 'tls.%s' value: expected %s)"):format(key, expected),
        function() mysql_listen('/x', h, {tls = tls}) end)
end
for _, value in ipairs{true, {}, '', 'a\0b'} do
    raises('tls.certificate', function() mysql_listen('/x', h, {tls = {certificate = value}}) end)
end
bad_tls({key = '/k'}, 'certificate', "the path of a file, since 'key' is set")
bad_tls({required = 1}, 'required', 'true or false')
bad_tls({client_certificate = 'never'}, 'client_certificate', "'none', 'optional' or 'required'")
bad_tls({client_certificate = 'required'}, 'ca', "the path of a file with those who sign clients' certificates")
bad_tls({client_certificate = 'none', ca = '/x'}, 'client_certificate', "'optional' or 'required', since 'ca' is set")
for _, value in ipairs{{}, {'TLSv1.1'}, {'TLSv1.2', 13}} do
    bad_tls({versions = value}, 'versions', "a table of 'TLSv1.2' and 'TLSv1.3', or of one of them")
end
bad_tls({versions = 'TLSv1.3'}, 'versions', 'a table')
for _, value in ipairs{true, false} do
    raises("(Bad 'tls' value: expected a table with 'ca', since 'auth' is 'certificate')",
        function() mysql_listen('/x', h, {auth = 'certificate', tls = value}) end)
end
raises("(Bad 'tls' value: expected a table with 'ca', since 'auth' is 'certificate')",
    function() mysql_listen('/x', h, {auth = 'certificate'}) end)
raises("(Bad 'tls.ca' value: ", function() mysql_listen('/x', h, {auth = 'certificate', tls = {}}) end)
raises("(Bad 'tls.client_certificate' value: expected 'required', since 'auth' is 'certificate')", function()
    mysql_listen('/x', h, {auth = 'certificate', tls = {ca = '/x', client_certificate = 'optional'}})
end)
raises("(Bad 'tls.required' value: expected true, since 'auth' is 'certificate')", function()
    mysql_listen('/x', h, {auth = 'certificate', tls = {ca = '/x', required = false}})
end)
raises('Unknown option "tls.certificat"; did you mean "certificate"?',
    function() mysql_listen('/x', h, {tls = {certificat = 'x'}}) end)
for _, where in ipairs{true, {}, f, coroutine.create(f), io.stdout} do
    raises_at("bad argument #1 to 'mysql_listen' (path expected)", function() mysql_listen(where, h) end)
end
raises_at("bad argument #1 to 'mysql_listen' (path expected)", function() mysql_listen(nil, h) end)

-- failures of the outside are raised without position
equal(raises('Failed to bind', mysql_listen, '/nonexistent/x', h),
    'Failed to bind to /nonexistent/x: No such file or directory')
raises('too long', mysql_listen, '/' .. ('x'):rep(107), h)
raises('too long', mysql_listen, ('x'):rep(108), h)
raises('', mysql_listen, 'no such host.invalid:3306x]', {})

-- every kind of place; the driver asks the handlers of each
local seen = 0
local handlers = {
    on_connect = function(client)
        seen = seen + 1
        equal(mysql_listen, nil)
        raises('configuration time only', listen, '/late', {on_handshake_response = no_login})
    end,
    on_handshake_response = no_login,
    on_command_phase = f,
    on_init_db = f,
    on_query = f,
    on_disconnect = f,
}
listen = mysql_listen
equal(select('#', mysql_listen('/abs/path', handlers)), 0)
mysql_listen('@abstract', handlers, {})
mysql_listen('relative/path', handlers, {max_query_bytes = 1024})
mysql_listen(5, handlers, {login_timeout = 0.5, max_pending_logins = 7, idle_timeout = 0.001, write_timeout = 31536000,
    local_infile = false, proxy_protocol = {trusted = {'unix', 'unix:uid=1000', '::1'}}})
mysql_listen('127.0.0.1:3307', handlers, {tls = {required = true, versions = {'TLSv1.3'}}})
mysql_listen('127.0.0.1', handlers, {tls = true, server_version = 'server'})
mysql_listen('[::1]:3307', handlers, {tls = false, server_version = ('8.4.3-'):rep(42)})
mysql_listen('*:3307', handlers)
mysql_listen(mysql_resolve('127.0.0.1:3308'), handlers)
mysql_listen('/' .. ('x'):rep(106), handlers)

-- sockets that the daemon was started with
mysql_listen(systemd, handlers)
mysql_listen(systemd('mysql'), handlers, {})
prometheus_listen(systemd('metrics'))
control_listen(systemd('control'), {allow = {'10.0.0.0/8'}})
admin_listen(systemd('admin'), {allow = {'unix:any'}})
equal(type(systemd), 'userdata')
equal(tostring(systemd), 'systemd')
equal(tostring(systemd('my sql')), "systemd('my sql')")
equal(systemd('a'), systemd('a'))
equal(systemd('a') == systemd('b'), false)
equal(systemd == systemd('a'), false)
raises_at('Invalid parameter count', function() systemd() end)
raises_at('Invalid parameter count', function() systemd('a', 'b') end)
for _, name in ipairs{'', 'a:b', 'a\nb', ('x'):rep(256), 'é'} do
    raises('(the name of a socket expected, as FileDescriptorName= in its unit says it)', function() systemd(name) end)
end
raises('string expected, got table', function() systemd({}) end)
raises('attempt to index', function() return systemd.mysql end)
raises('attempt to call', function() mysql_resolve('127.0.0.1')() end)
raises("'mode' is of no use for sockets of systemd, whose unit says it: SocketMode=",
    function() admin_listen(systemd, {mode = '0600'}) end)
raises("'interface' is of no use for sockets of systemd", function() control_listen(systemd, {interface = 'lo'}) end)

-- the functions were captured
handlers.on_connect = function() error('changed later') end
handlers.on_handshake_response = nil
