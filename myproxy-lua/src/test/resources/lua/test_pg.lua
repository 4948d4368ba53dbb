dofile('src/test/resources/lua/check.lua')

-- without a server

local function check_arguments()
    raises_at('call it as pg:new(…)', function() pg.new('host=a') end)
    raises_at('Not enough parameters', function() pg:new() end)
    raises_at('Too many parameters', function() pg:new('', '', {}, 1) end)
    raises_at("bad argument #1 to 'new' (string expected, got nil)", function() pg:new(nil) end)
    raises("bad argument #1 to 'new' (", function() pg:new('host') end)
    raises_at("bad argument #2 to 'new' (string expected, got table)", function() pg:new('', {}) end)
    raises_at("bad argument #2 to 'new' (schema contains a NUL byte, which PostgreSQL cannot take)",
        function() pg:new('', 'a\0b') end)
    raises_at("bad argument #1 to 'new' (connection string is not valid UTF-8)", function() pg:new('host=\255') end)
    raises_at("bad argument #3 to 'new' (table expected, got number)", function() pg:new('', nil, 5) end)
    raises_at([[bad argument #3 to 'new' (Unknown option "pol"; did you mean "pool"?)]],
        function() pg:new('', nil, {pol = 5}) end)
    raises_at("bad argument #3 to 'new' (Bad 'pool' value: expected a number from 1 to 100)",
        function() pg:new('', nil, {pool = 0}) end)

    local db = pg:new('host=127.0.0.1 port=1 user=u')
    raises_at('Not enough parameters', function() db:execute() end)
    raises_at('Too many parameters', function() db:execute('', {}, 1) end)
    raises_at("bad argument #1 to 'execute' (string expected, got table)", function() db:execute({}) end)
    raises_at("bad argument #2 to 'execute' (table expected, got nil)", function() db:execute('', nil) end)
    raises_at("bad argument #1 to 'execute' (pg.connection expected, got string)", function() db.execute('') end)

    local function refused(text, ...)
        local result, message, state = db:execute(...)
        equal(result, nil)
        equal(message, text)
        equal(state, nil)
    end
    refused('SQL contains a NUL byte, which PostgreSQL cannot take', 'SELECT 1\0')
    refused('SQL is not valid UTF-8', "SELECT '\255'")
    refused('parameter $2 contains a NUL byte, which PostgreSQL cannot take', 'SELECT 1', {1, 'a\0'})
    refused('parameter $1 is not valid UTF-8', 'SELECT 1', {{'\255'}})
    refused('Unsupported query parameter type: function', 'SELECT 1', {print})
    refused('Unsupported query parameter type: userdata', 'SELECT 1', {db})
    refused('field n must say how many values there are', 'SELECT 1', {n = 'x'})
    refused('connection to server at "127.0.0.1", port 1 failed: Connection refused', 'SELECT 1')

    raises_at('Not enough parameters', function() db:listen('x') end)
    raises_at('Too many parameters', function() db:listen('x', print, 1) end)
    raises_at("bad argument #1 to 'listen' (string expected, got table)", function() db:listen({}, print) end)
    raises_at("bad argument #2 to 'listen' (function expected, got string)", function() db:listen('x', 'y') end)
    raises_at("bad argument #1 to 'listen' (Empty name not allowed)", function() db:listen('', print) end)
    raises_at("bad argument #1 to 'listen' (Name is longer than 63 bytes)",
        function() db:listen(('x'):rep(64), print) end)
    equal(select('#', db:listen('x', print)), 0)
    raises_at("bad argument #1 to 'listen' (Duplicate notify name)", function() db:listen('x', print) end)
    equal(select('#', db:close()), 0)
    refused('database is closed', 'SELECT 1')
end

local function check_arrays()
    equal(pg:encode_array({}), '{}')
    equal(pg:encode_array({'a', 'b"c', 'd\\e', '', 1, 1.5, 'NULL', 'ä', 1e20}),
        [[{"a","b\"c","d\\e","","1","1.5","NULL","ä","100000000000000000000"}]])
    raises_at("bad argument #1 to 'encode_array' (Table expected)", function() pg:encode_array('x') end)
    raises_at("bad argument #1 to 'encode_array' (table is not a sequence)", function() pg:encode_array({x = 1}) end)
    raises_at("bad argument #1 to 'encode_array' (table is not a sequence)", function() pg:encode_array({[0] = 1}) end)
    raises_at("bad argument #1 to 'encode_array' (element is a table, not a string or number)",
        function() pg:encode_array({{}}) end)
    raises_at("bad argument #1 to 'encode_array' (element is a boolean, not a string or number)",
        function() pg:encode_array({true}) end)

    local function decodes(text, ...)
        local array = pg:decode_array(text)
        equal(#array, select('#', ...))
        for i = 1, #array do equal(array[i], (select(i, ...))) end
    end
    decodes('')
    decodes('{}')
    decodes('{a,b c,"d,e","f\\"g","h\\\\",NULL,"NULL",""}', 'a', 'b c', 'd,e', 'f"g', 'h\\', 'NULL', 'NULL', '')
    decodes('{ a , "b" }', 'a', 'b')
    decodes('{1}', '1')
    decodes(pg:encode_array({'x', 'a\\"b', '\255'}), 'x', 'a\\"b', '\255')
    for _, bad in ipairs {'a', '{a', '{a,}', '{,a}', '{"a}', '{a}b', '{a"b"}', '{{a},{b}}', '{"a" b}', '{a\\', '{'} do
        raises("bad argument #1 to 'decode_array' (Malformed array at character ",
            function() pg:decode_array(bad) end)
    end
end

check_arguments()
check_arrays()

mysql_listen('@test', {
    on_connect = function()
        check_arguments()
        check_arrays()
    end,
    on_handshake_response = no_login,
})
