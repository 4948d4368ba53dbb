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
    local_infile = false})
mysql_listen('127.0.0.1:3307', handlers)
mysql_listen('127.0.0.1', handlers)
mysql_listen('[::1]:3307', handlers)
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
