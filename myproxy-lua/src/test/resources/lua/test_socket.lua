dofile('src/test/resources/lua/check.lua')

local missing = '/nonexistent/socket'

local function check_arguments()
    raises_at('Not enough parameters', function() socket:connect() end)
    raises_at('Too many parameters', function() socket:connect(missing, {}, nil) end)
    raises_at('call it as socket:connect(…)', function() socket.connect(missing) end)
    for _, bad in ipairs{true, {}, print} do
        raises("bad argument #1 to 'connect' (string or SocketAddress expected, got ",
            function() socket:connect(bad) end)
    end
    raises('string or SocketAddress expected, got nil', function() socket:connect(nil) end)
    raises('Failed to extract host name', function() socket:connect('') end)
    raises('Garbage after host name', function() socket:connect('foo_bar') end)
    raises('Socket path too long', function() socket:connect('/' .. ('x'):rep(200)) end)

    local function options(value)
        return function() socket:connect(missing, value) end
    end
    for _, bad in ipairs{true, 'stream', 1, print} do
        raises_at("bad argument #2 to 'connect' (table expected, got " .. type(bad) .. ')', options(bad))
    end
    raises_at("bad argument #2 to 'connect' (table expected, got nil)", function() socket:connect(missing, nil) end)
    raises_at("bad argument #2 to 'connect' (Key is not a string)", options{'stream'})
    raises_at("bad argument #2 to 'connect' (Key is not a string)", options{[true] = 'stream'})
    raises_at("bad argument #2 to 'connect' ('type' must be a string)", options{type = 1})
    raises_at("bad argument #2 to 'connect' ('type' must be a string)", options{type = true})
    raises_at("bad argument #2 to 'connect' (Unsupported socket type)", options{type = 'raw'})
    raises("bad argument #2 to 'connect' (Unrecognized option", options{tipe = 'stream'})
    for _, bad in ipairs{0, -1, 100000, 'x', true} do
        raises("'timeout' must be a number of seconds", options{timeout = bad})
    end
end

local function check_failures()
    for _, kind in ipairs{'stream', 'dgram', 'seqpacket'} do
        local s, message = socket:connect(missing, {type = kind, timeout = 5})
        equal(s, nil)
        equal(message, 'No such file or directory')
        s, message = socket:connect('@no such socket', {type = kind})
        equal(s, nil)
        equal(message, 'Connection refused')
    end
    local s, message = socket:connect(mysql_resolve('127.0.0.1:1'))
    equal(s, nil)
    equal(message, 'Connection refused')
    s, message = socket:connect('localhost:1')
    equal(s, nil)
    equal(message, 'Connection refused')
    s, message = socket:connect('127.0.0.1:1', {type = 'seqpacket'})
    equal(s, nil)
    equal(message, 'Socket type not supported')
end

check_arguments()
check_failures()

mysql_listen('@test', {
    on_connect = function()
        check_arguments()
        check_failures()
        local co = coroutine.wrap(function()
            check_failures()
            coroutine.yield('yielded')
            check_failures()
            return 'returned'
        end)
        equal(co(), 'yielded')
        equal(co(), 'returned')
    end,
    on_handshake_response = no_login,
})
