dofile('src/test/resources/lua/check.lua')

local first

local function check_attributes(client)
    local unix = client.pid ~= nil
    equal(type(client), 'userdata')
    equal(client.pid, unix and 4711 or nil)
    equal(client.uid, unix and 1000 or nil)
    equal(client.gid, unix and 4294967294 or nil)
    equal(tostring(client.address), unix and '?' or '192.0.2.7:40000')
    raises_at('Unknown attribute', function() return client.nonsense end)
    raises_at('Unknown attribute', function() return client[1] end)
    raises_at('Unknown attribute; did you mean "account"?', function() return client.acount end)
    raises_at('Unknown attribute; did you mean "account"?', function() client.Account = 'x' end)
    raises('string expected, got boolean', function() return client[true] end)
    raises('string expected, got table', function() return client[{}] end)
    for _, name in ipairs{'notes', 'pid', 'uid', 'gid', 'address', 'err', 'nonsense'} do
        raises_at('Unknown attribute', function() client[name] = 'x' end)
    end

    local notes = client.notes
    equal(type(notes), 'table')
    equal(next(notes), nil)
    notes.mark = 'kept'
    assert(rawequal(client.notes, notes))
    notes.client = client

    equal(client.account, nil)
    client.account = 'joe'
    equal(client.account, 'joe')
    client.account = 'cut\0off'
    equal(client.account, 'cut')
    client.account = 12
    equal(client.account, '12')
    client.account = 'b\228r'
    equal(client.account, 'b\228r')
    raises('Empty string not allowed', function() client.account = '' end)
    raises('Empty string not allowed', function() client.account = '\0x' end)
    raises('string expected, got table', function() client.account = {} end)
    raises('string expected, got boolean', function() client.account = false end)
    equal(client.account, 'b\228r')
    client.account = nil
    equal(client.account, nil)

    equal(client.database, nil)
    raises('Unknown attribute', function() client.database = 'x' end)

    equal(client.server_version, '5.7.30')
    client.server_version = '8.0'
    equal(client.server_version, '8.0')
    raises('Empty string not allowed', function() client.server_version = '' end)
    raises('string expected, got nil', function() client.server_version = nil end)
    equal(client.server_version, '8.0')

    -- the same userdata, good as a key
    local keyed = {[client] = 'found'}
    equal(keyed[client.notes.client], 'found')
    assert(type(getmetatable(client)) ~= 'table')
end

local function check_methods(client)
    assert(client.err == client.err)
    for _, args in ipairs{{}, {1, 2}, {1, 2, 3}} do
        raises_at('Invalid parameters', function() client:init_db(unpack(args)) end)
        raises_at('Invalid parameters', function() client:query(unpack(args)) end)
    end
    raises_at('Invalid parameters', function() client:err() end)
    raises_at('Invalid parameters', function() client:err('x', 1, 'HY000', nil) end)
    raises_at("bad argument #2 to 'err' (number expected, got nil)", function() client:err('x', nil) end)
    raises_at("bad argument #2 to 'err' (number expected, got string)", function() client:err('x', 'HY000') end)
    for _, code in ipairs{0, -1, 65535, 1.5, 0 / 0} do
        raises_at("bad argument #2 to 'err' (error code from 1 to 65534 expected)", function() client:err('x', code) end)
    end
    for _, state in ipairs{'', 'HY00', 'HY0000', 'hy000', '00000', '00A00', 'HY 00', 'H\195\132\195\132'} do
        raises_at("bad argument #3 to 'err' (SQLSTATE of five digits or capital letters expected, not beginning with 00)",
            function() client:err('x', 1, state) end)
    end
    raises_at("bad argument #3 to 'err' (string expected, got nil)", function() client:err('x', 1, nil) end)
    raises_at("bad argument #1 to 'query' (string expected, got nil)", function() client:query(nil) end)
    equal(type(client:query('x')), 'userdata')
    equal(type(client:err('x', 1)), 'userdata')
    equal(type(client:err('x', '1', 45000)), 'userdata')
    raises_at("bad argument #1 to 'err' (string expected, got nil)", function() client:err(nil) end)
    raises_at("bad argument #1 to 'err' (string expected, got table)", function() client:err({}) end)
    raises_at("bad argument #1 to 'init_db' (string expected, got boolean)", function() client:init_db(true) end)
    local action = client:err('x')
    for _, method in ipairs{client.err, client.init_db, client.connect, client.query} do
        raises('myproxy.client expected, got string', method, 'self')
        raises('myproxy.client expected, got no value', method)
        raises('myproxy.client expected, got userdata', method, action, 'x', 'y')
    end
    equal(type(client:err('x')), 'userdata')
    equal(type(client:init_db('x')), 'userdata')
    equal(type(client:err(('x'):rep(100000))), 'userdata')
    client:err(5)
    raises('attempt to index', function() return client:err('x').message end)
end

local function check_connect(client)
    local function connect(...)
        local args, n = {...}, select('#', ...)
        return function() client:connect(unpack(args, 1, n)) end
    end
    raises_at('Invalid parameters', connect())
    raises_at('Invalid parameters', connect('/x'))
    raises_at('Invalid parameters', connect('/x', {}, {}, nil))
    for _, bad in ipairs{true, {}, print, io.stdout} do
        raises("bad argument #1 to 'connect' (", connect(bad, {}))
    end
    raises("bad argument #1 to 'connect' (", connect(nil, {}))
    raises('Failed to resolve "localhost":"3306": Name or service not known', connect('localhost', {}))
    raises('Garbage after host name', connect('foo_bar', {}))
    raises('Failed to extract host name', connect('', {}))

    raises_at("bad argument #2 to 'connect' (table expected, got nil)", connect('/x', nil))
    raises_at("bad argument #2 to 'connect' (table expected, got string)", connect('/x', 'y'))
    raises_at("bad argument #2 to 'connect' (table expected, got userdata)", connect('/x', client))
    raises_at("bad argument #2 to 'connect' (Unknown attribute)", connect('/x', {host = 'y'}))
    raises_at("bad argument #2 to 'connect' (Bad value type)", connect('/x', {user = true}))
    raises_at("bad argument #2 to 'connect' (Bad value type)", connect('/x', {user = {}}))
    raises_at("bad argument #2 to 'connect' (Bad key type)", connect('/x', {'y'}))
    raises_at("bad argument #2 to 'connect' (Bad key type)", connect('/x', {[true] = 'y'}))
    raises_at('Bad SHA1 length', connect('/x', {password_sha1 = 'short'}))
    raises_at('Bad SHA1 length', connect('/x', {password_sha1 = ('x'):rep(21)}))

    raises_at("bad argument #3 to 'connect' (table expected, got nil)", connect('/x', {}, nil))
    raises_at("bad argument #3 to 'connect' (table expected, got boolean)", connect('/x', {}, true))
    raises_at([[bad argument #2 to 'connect' (Unknown attribute; did you mean "password"?)]],
        connect('/x', {pasword = 'y'}))
    raises_at("bad argument #3 to 'connect' (Unknown option)", connect('/x', {}, {user = 'y'}))
    raises_at([[bad argument #3 to 'connect' (Unknown option; did you mean "read_only"?)]],
        connect('/x', {}, {readonly = true}))
    raises_at("bad argument #3 to 'connect' (Unknown option)", connect('/x', {}, {true}))
    raises_at("bad argument #3 to 'connect' (Bad key type)", connect('/x', {}, {[true] = true}))
    raises_at("bad argument #3 to 'connect' (Bad 'read_only' value)", connect('/x', {}, {read_only = 1}))
    for _, value in ipairs({0, -1, 3601, 0/0, '5', true}) do
        raises_at("bad argument #3 to 'connect' (Bad 'connect_timeout' value: expected seconds from 0.001 to 3600)",
            connect('/x', {}, {connect_timeout = value}))
    end
    for _, value in ipairs({0, 3, 1.5, 0/0, '2', true}) do
        raises_at("bad argument #3 to 'connect' (Bad 'proxy_protocol' value: expected 1 or 2, the version of the header)",
            connect('/x', {}, {proxy_protocol = value}))
    end
    for _, value in ipairs({0, 'full', false}) do
        raises_at("bad argument #3 to 'connect' (Bad 'tls' value: expected true or a table)", connect('/x', {}, {tls = value}))
    end
    raises_at("bad argument #3 to 'connect' (Bad 'tls.verify' value: expected 'full', 'ca' or 'none')",
        connect('/x', {}, {tls = {verify = 'no'}}))
    raises_at("bad argument #3 to 'connect' (Bad 'tls.server_name' value: expected the name of a host)",
        connect('/x', {}, {tls = {server_name = ''}}))
    raises_at("bad argument #3 to 'connect' (Bad 'tls.certificate' value: expected the path of a file, since 'key' is set)",
        connect('/x', {}, {tls = {key = '/k'}}))
    raises('Failed to read /nonexistent/ca: No such file or directory',
        connect('/x', {}, {tls = {ca = '/nonexistent/ca'}}))
    raises_at("bad argument #3 to 'connect' (Bad 'allow_cleartext' value)", connect('/x', {}, {allow_cleartext = 'yes'}))

    equal(type(client:connect('/x', {})), 'userdata')
    equal(type(client:connect('@x', {user = 'u', password = 5, database = 'd', password_sha1 = ('x'):rep(20)},
        {read_only = true, allow_cleartext = false, proxy_protocol = 1, tls = {verify = 'none', server_name = 'db'}})), 'userdata')
    client:connect('127.0.0.1', {})
    client:connect('[::1]:3307', {})
    client:connect(client.address, {}, {})
end

mysql_listen('@test', {
    on_connect = function(client, ...)
        equal(select('#', ...), 0)
        check_attributes(client)
        check_methods(client)
        check_connect(client)
        assert(client ~= first)
        first = client
        -- what was built is not decided
        client:err('ignored')
    end,
    on_handshake_response = no_login,
})
