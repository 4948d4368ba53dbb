dofile('src/test/resources/lua/check.lua')

local function check_new()
    raises_at('Not enough parameters', function() control_client:new() end)
    raises_at('Too many parameters', function() control_client:new('127.0.0.1', nil) end)
    raises_at('call it as control_client:new(…)', function() control_client.new('127.0.0.1') end)
    for _, bad in ipairs{true, {}, print} do
        raises_at("bad argument #1 to 'new' (string or SocketAddress expected, got " .. type(bad) .. ')',
            function() control_client:new(bad) end)
    end
    for where, expected in pairs{
        ['/nonexistent/control'] = 'Failed to connect to /nonexistent/control: No such file or directory',
        ['@no such control'] = 'Failed to connect to @no such control: Connection refused',
        ['foo_bar'] = 'Garbage after host name',
        [''] = 'Failed to extract host name',
        ['localhost:70000'] = 'Failed to resolve "localhost":"70000": Port number is greater than 65535',
    } do
        local client, message = control_client:new(where)
        equal(client, nil)
        equal(message, expected)
    end
    equal(type(control_client:new('localhost')), 'userdata')
    equal(type(control_client:new(mysql_resolve('127.0.0.1:5478'))), 'userdata')
end

local function check_builder()
    local c = assert(control_client:new('127.0.0.1'))
    raises_at('Too many parameters', function() c:build(1) end)
    local b = c:build()
    assert(b ~= c:build())
    for _, name in ipairs{'fade_children', 'flush_filter_cache', 'discard_session', 'flush_http_cache',
        'terminate_children', 'disconnect_database', 'reset_limiter', 'reject_client', 'tarpit_client'} do
        raises_at('Not enough parameters', function() b[name](b) end)
        assert(rawequal(b[name](b, 'x', 'y'), b))
        raises("bad argument #2 to '" .. name .. "' (", function() b[name](b, 'x', {}) end)
        raises('expected, got nil', function() b[name](b, nil) end)
        raises('control_client.builder expected, got string', function() b[name]('x', 'y') end)
    end
    b:disconnect_database(12):fade_children('', 'a\0b')

    raises_at('Not enough parameters', function() b:cancel_job('partition') end)
    raises_at('Too many parameters', function() b:cancel_job('partition', 'job', nil) end)
    raises_at("bad argument #2 to 'cancel_job' (string expected, got table)", function() b:cancel_job('p', {}) end)
    raises_at("bad argument #1 to 'cancel_job' (Name contains a NUL byte)", function() b:cancel_job('p\0', 'j') end)
    assert(rawequal(b:cancel_job('partition', 'job'), b))

    for _, bad in ipairs{-1, 0.5, 4294967296, 0/0} do
        raises_at("bad argument #2 to 'reject_client' (Whole number of seconds from 0 to 4294967295 expected)",
            function() b:reject_client('192.0.2.1', bad) end)
    end
    raises("bad argument #1 to 'reject_client' (address (string) expected, got number)",
        function() b:reject_client(300) end)
    raises("bad argument #1 to 'tarpit_client' (address (string) expected, got number)",
        function() b:tarpit_client(300, '192.0.2.1') end)
    raises_at('Too much for one datagram: it has at most 65507 bytes',
        function() b:fade_children(('x'):rep(65500)) end)

    raises_at('Not enough parameters', function() c:send() end)
    raises_at('Too many parameters', function() c:send(b, nil) end)
    for _, bad in ipairs{'x', {}, true} do
        raises_at("bad argument #1 to 'send' (control_client.builder expected, got " .. type(bad) .. ')',
            function() c:send(bad) end)
    end
    raises("bad argument #1 to 'send' (control_client.builder expected, got userdata)", function() c:send(c) end)
    equal(c.nonsense, nil)
    equal(b.nonsense, nil)
end

equal(tostring(control_resolve('127.0.0.1')), '127.0.0.1:5478')
equal(tostring(control_resolve('127.0.0.1:1')), '127.0.0.1:1')
equal(tostring(control_resolve('/run/control')), '/run/control')
equal(tostring(control_resolve('@control')), '@control')
assert(tostring(control_resolve('localhost')):find(':5478', 1, true))
raises('Garbage after host name', control_resolve, 'foo_bar')
raises('Failed to resolve "a..b":"5478": ', control_resolve, 'a..b')
for _, args in ipairs{{}, {'x', 'y'}} do
    raises_at('Invalid parameter count', function() control_resolve(unpack(args)) end)
end
raises("bad argument #1 to 'control_resolve' (string expected, got table)", function() control_resolve({}) end)
check_new()
check_builder()

mysql_listen('@test', {
    on_connect = function()
        equal(tostring(control_resolve('127.0.0.1')), '127.0.0.1:5478')
        assert(tostring(control_resolve('localhost')):find(':5478', 1, true))
        local address, message = control_resolve('foo_bar')
        equal(address, nil)
        equal(message, 'Garbage after host name')
        address, message = control_resolve('a..b')
        equal(address, nil)
        assert(message:find('Failed to resolve "a..b":"5478": ', 1, true), message)
        raises_at('Invalid parameter count', function() control_resolve() end)
        check_new()
        check_builder()
    end,
    on_handshake_response = no_login,
})
