dofile('src/test/resources/lua/check.lua')

local function check_dump()
    local function dumps(value, expected) equal(json.dump(value), expected) end
    dumps(nil, 'null')
    dumps(true, 'true')
    dumps(false, 'false')
    dumps(json.null, 'null')

    -- numbers
    dumps(0, '0')
    dumps(-0.0, '0')
    dumps(1, '1')
    dumps(-7, '-7')
    dumps(1.5, '1.5')
    dumps(-7.9, '-7.9')
    dumps(0.1, '0.1')
    dumps(1/3, '0.3333333333333333')
    dumps(2^31, '2147483648')
    dumps(1e15, '1000000000000000')
    dumps(2^53, '9007199254740992')
    dumps(-2^53, '-9007199254740992')
    dumps(2^53 + 2, '9.007199254740994e15')
    dumps(1e20, '1e20')
    dumps(-1.25e300, '-1.25e300')
    dumps(1e-7, '1e-7')
    dumps(5e-324, '4.9e-324')
    raises_at("bad argument #1 to 'dump' (cannot write nan as JSON)", function() json.dump(0/0) end)
    raises_at("bad argument #1 to 'dump' (cannot write inf as JSON)", function() json.dump(1/0) end)
    raises_at("bad argument #1 to 'dump' (cannot write -inf as JSON at .a[2])", function() json.dump{a = {1, -1/0}} end)

    -- strings
    dumps('', '""')
    dumps('text', '"text"')
    dumps('"\\/', '"\\"\\\\/"')
    dumps('\n\r\t\b\f', '"\\n\\r\\t\\b\\f"')
    dumps('a\0b\1\31\127', '"a\\u0000b\\u0001\\u001F\127"')
    dumps('\195\164\226\130\172\240\159\152\128', '"\195\164\226\130\172\240\159\152\128"')
    dumps({['\240\159\152\128'] = '\240\159\152\128'}, '{"\240\159\152\128":"\240\159\152\128"}')
    dumps('\239\191\189', '"\239\191\189"')
    raises_at("bad argument #1 to 'dump' (cannot write a string that is not UTF-8 from byte 3 on as JSON)",
        function() json.dump('ab\255') end)
    for _, bad in ipairs{'\128', '\195', '\192\128', '\224\128\128', '\237\160\128', '\244\144\128\128', '\195(', 'x\226\130'} do
        raises('that is not UTF-8', json.dump, bad)
    end
    raises_at("bad argument #1 to 'dump' (cannot write a string that is not UTF-8 from byte 1 on as JSON at .users[2].name)",
        function() json.dump{users = {{}, {name = '\228'}}} end)
    raises('at ["a b"])', json.dump, {['a b'] = print})

    -- tables
    dumps({}, '{}')
    dumps({1, 2}, '[1,2]')
    dumps({{}, {{}}}, '[{},[{}]]')
    dumps({a = 1}, '{"a":1}')
    dumps({b = 1, a = 2, B = 3, [''] = 4, ['\195\164'] = 5, aa = 6}, '{"":4,"B":3,"a":2,"aa":6,"b":1,"\195\164":5}')
    dumps({1, 2, x = 3}, '{"1":1,"2":2,"x":3}')
    dumps({1, nil, 3}, '{"1":1,"3":3}')
    dumps({[0] = 'zero', 'one'}, '{"0":"zero","1":"one"}')
    dumps({[1.5] = 1, [-1] = 2, [1e300] = 3}, '{"-1":2,"1.5":1,"1e300":3}')
    dumps({[10] = 1, [9] = 2}, '{"10":1,"9":2}')
    dumps({[2^53] = 1}, '{"9007199254740992":1}')
    dumps({a = {b = {c = {1, 'x', true, json.null}}}}, '{"a":{"b":{"c":[1,"x",true,null]}}}')
    dumps({json.null, json.null}, '[null,null]')
    dumps({a = json.null}, '{"a":null}')
    local shared = {1}
    dumps({shared, shared}, '[[1],[1]]')
    -- metamethods are not asked
    dumps(setmetatable({1}, {__index = function() error('index') end, __len = function() return 5 end,
        __pairs = function() error('pairs') end, __tostring = function() return 'x' end}), '[1]')

    raises_at("bad argument #1 to 'dump' (cannot write a table with the key boolean as JSON)",
        function() json.dump{[true] = 1} end)
    raises('cannot write a table with the key table as JSON at .x', json.dump, {x = {[{}] = 1}})
    raises('cannot write a table with the key inf as JSON', json.dump, {[1/0] = 1})
    raises('cannot write a table with the number and the string "2" as keys as JSON', json.dump, {[2] = 1, ['2'] = 1})
    raises_at("bad argument #1 to 'dump' (cannot write a function as JSON)", function() json.dump(print) end)
    raises_at("bad argument #1 to 'dump' (cannot write a function as JSON at [1])",
        function() json.dump{function() end} end)
    raises_at("bad argument #1 to 'dump' (cannot write a thread as JSON)",
        function() json.dump(coroutine.create(print)) end)
    raises_at("bad argument #1 to 'dump' (cannot write a userdata as JSON)", function() json.dump(io.stdout) end)
    raises_at("bad argument #1 to 'dump' (cannot write a userdata as JSON)",
        function() json.dump(mysql_resolve('127.0.0.1')) end)

    local cycle = {}
    cycle.self = {cycle}
    raises_at("bad argument #1 to 'dump' (cannot write a table that contains itself as JSON at .self[1])",
        function() json.dump(cycle) end)
    local deep = 1
    for _ = 1, 128 do deep = {deep} end
    dumps(deep, ('['):rep(128) .. '1' .. (']'):rep(128))
    raises('cannot write tables nested more than 128 deep as JSON at …[1][1][1][1][1][1][1][1][1][1])', json.dump, {deep})

    raises_at('Not enough parameters', function() json.dump() end)
    raises_at('Too many parameters', function() json.dump(1, nil) end)
end

local function check_array()
    local empty = {}
    assert(rawequal(json.array(empty), empty))
    equal(json.dump(empty), '[]')
    equal(json.dump(json.array()), '[]')
    equal(json.dump{list = json.array()}, '{"list":[]}')
    table.insert(empty, 'x')
    equal(json.dump(empty), '["x"]')
    table.remove(empty)
    equal(json.dump(empty), '[]')
    equal(json.dump(json.array(json.array{1, 2})), '[1,2]')
    equal(json.dump(json.array{1, nil, 3}), '[1,null,3]')
    equal(json.dump(json.array{[3] = 1}), '[null,null,1]')
    equal(json.dump(setmetatable({}, {__jsontype = 'array'})), '[]')
    equal(json.dump(setmetatable({}, {__jsontype = 'other'})), '{}')
    assert(json.array() ~= json.array())
    raises_at("bad argument #1 to 'dump' (cannot write an array with the key \"x\" as JSON)",
        function() json.dump(json.array{x = 1}) end)
    raises('cannot write an array with the key 0 as JSON', json.dump, json.array{[0] = 1, 2})
    raises('cannot write an array with the key 1.5 as JSON', json.dump, json.array{[1.5] = 1})
    raises('cannot write an array with the key 1e+15 as JSON', json.dump, json.array{[1e15] = 1})
    raises_at("bad argument #1 to 'array' (the table has a metatable of its own; set __jsontype = 'array' there)",
        function() json.array(setmetatable({}, {})) end)
    raises_at("bad argument #1 to 'array' (table expected, got nil)", function() json.array(nil) end)
    raises_at("bad argument #1 to 'array' (table expected, got string)", function() json.array('x') end)
    raises_at('Too many parameters', function() json.array({}, {}) end)
    -- marked while it is used elsewhere
    local t = json.array{1, 2, 3}
    equal(#t, 3)
    local sum = 0
    for _, n in ipairs(t) do sum = sum + n end
    equal(sum, 6)
    equal(next(json.array()), nil)
end

local function check_parse()
    local function parses(text, expected)
        equal(select('#', json.parse(text)), 1)
        local value, message = json.parse(text)
        equal(value, expected, text .. ' ' .. tostring(message))
    end
    parses('true', true)
    parses('false', false)
    parses('null', nil)
    parses(' \t\r\n1 ', 1)
    parses('0', 0)
    parses('-0', 0)
    parses('-1', -1)
    parses('1.5e3', 1500)
    parses('1E+2', 100)
    parses('1e-2', 0.01)
    parses('9007199254740992', 2^53)
    parses('9007199254740993', 2^53)
    parses('18446744073709551615', 2^64)
    parses('123456789012345678901234567890', 123456789012345678901234567890)
    parses('0.1', 0.1)
    parses('1e-999', 0)
    parses('""', '')
    parses('"a"', 'a')
    parses('"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\/\b\f\n\r\t')
    parses('"\\u0000\\u0041\\u00e4\\u20AC"', '\0A\195\164\226\130\172')
    parses('"\\ud83d\\ude00"', '\240\159\152\128')
    parses('"\195\164\240\159\152\128\127"', '\195\164\240\159\152\128\127')
    parses('"\\ufffd"', '\239\191\189')
    parses('\239\187\1911', 1)
    parses(5, 5)

    local t = json.parse('{"a":{"b":[1,"two",true,{}]},"":0,"n":null,"a2":false}')
    equal(t.a.b[1], 1)
    equal(t.a.b[2], 'two')
    equal(t.a.b[3], true)
    equal(next(t.a.b[4]), nil)
    equal(#t.a.b, 4)
    equal(t[''], 0)
    equal(t.n, nil)
    equal(t.a2, false)
    local count = 0
    for _ in pairs(t) do count = count + 1 end
    equal(count, 3)
    equal(json.parse('{"a":1,"a":2}').a, 2)
    equal(json.parse('{"a":1,"a":null}').a, nil)
    local holes = json.parse('[1,null,3]')
    equal(holes[1] .. type(holes[2]) .. holes[3], '1nil3')

    -- nulls can be kept
    local kept = json.parse('{"a":null,"l":[null,1,null]}', {null = json.null})
    equal(kept.a, json.null)
    equal(#kept.l, 3)
    equal(kept.l[3], json.null)
    equal(json.dump(kept), '{"a":null,"l":[null,1,null]}')
    equal(json.parse('null', {null = json.null}), json.null)
    equal(json.parse('[null]', {null = false})[1], false)
    equal(json.parse('null', {}), nil)
    equal(tostring(json.null), 'null')
    equal(type(json.null), 'userdata')
    assert(json.null and rawequal(json.null, json.null))

    for _, text in ipairs{'[]', '{}', '[[],{},[[]]]', '{"a":[],"b":{}}', '[1,null,3]', '"\\u0000"', '[0.1,-1.5e300,1e-7]',
        '{"1":1,"a":[{"b":"\195\164"}]}'} do
        equal(json.dump(json.parse(text)), text)
    end

    raises_at('Not enough parameters', function() json.parse() end)
    raises_at('Too many parameters', function() json.parse('1', {}, nil) end)
    raises_at("bad argument #1 to 'parse' (string expected, got nil)", function() json.parse(nil) end)
    raises_at("bad argument #1 to 'parse' (string expected, got table)", function() json.parse{} end)
    raises_at("bad argument #2 to 'parse' (table expected, got nil)", function() json.parse('1', nil) end)
    raises("Unknown option \"nil\"", function() json.parse('1', {['nil'] = 1}) end)
end

local function check_syntax()
    local function fails(text, message)
        equal(select('#', json.parse(text)), 2, text)
        local value, got = json.parse(text)
        equal(value, nil, text)
        equal(got, 'parse error at ' .. message)
    end
    fails('', 'line 1, column 1: unexpected end')
    fails(' ', 'line 1, column 2: unexpected end')
    fails('{', 'line 1, column 2: unexpected end')
    fails('[1,', 'line 1, column 4: unexpected end')
    fails('{"a"', 'line 1, column 5: unexpected end')
    fails('{"a":', 'line 1, column 6: unexpected end')
    fails('"abc', 'line 1, column 5: unexpected end')
    fails('-', 'line 1, column 2: unexpected end')
    fails('[\n1,\n  x]', "line 3, column 4: Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or "
        .. "token 'null', 'true' or 'false')")
    fails('{a:1}', "line 1, column 2: Unexpected character ('a' (code 97)): was expecting double-quote to start field name")
    fails('[1}', "line 1, column 3: Unexpected close marker '}': expected ']'")
    fails('1 2', 'line 1, column 3: unexpected text after the end')
    fails('[1]]', 'line 1, column 4: unexpected text after the end')
    fails(']', "line 1, column 1: Unexpected close marker ']'")
    fails('NaN', "line 1, column 4: Non-standard token 'NaN'")
    fails('1e999', 'line 1, column 1: a number that is too large')
    fails('[-1e999]', 'line 1, column 2: a number that is too large')
    fails('"a\255"', 'line 1, column 3: invalid UTF-8')
    fails('[\n"\195\164\237\160\128"]', 'line 2, column 3: invalid UTF-8')
    fails('["\\ud800"]', 'line 1, column 2: a surrogate without its other half in a string')
    fails('{"\\udc00":1}', 'line 1, column 2: a surrogate without its other half in a string')
    fails('"\\ude00\\ud83d"', 'line 1, column 1: a surrogate without its other half in a string')
    fails(('1'):rep(2000), 'line 1, column 2001: a number with more than 1000 digits')
    fails(('['):rep(129) .. (']'):rep(129), 'line 1, column 129: nested more than 128 deep')
    assert(json.parse(('['):rep(128) .. (']'):rep(128)))

    for _, text in ipairs{'[1,]', '[,1]', '{"a":1,}', '{,}', '[1 2]', '{"a" 1}', '{"a":1 "b":2}', "{'a':1}", "'a'", '+1', '01',
        '-01', '1.', '.5', '1e', '1e+', '0x10', '1_0', '--1', 'tru', 'TRUE', 'nul', 'nulll', 'truefalse', 'Infinity',
        '-Infinity', 'undefined', '"\\x"', '"\\u12"', '"\\u12G4"', '"\\', '"\n"', '"\t"', '"\0"', '"\31"', '\0', '1\0',
        '//c\n1', '/*c*/1', '#c\n1', '1//c', '{"a":1]', '{"a":1}}', '["a"', '{1:2}', '{null:1}', '{[]:1}', '[1:2]', '{"a"}',
        '"a""b"', '1,2', ',', ':', '1\194\160', '\194\1601', '\255\2541\0', '\0001', '1\0\0\0', '\239\187\191', 'x'} do
        local value, message = json.parse(text)
        equal(value, nil, text)
        assert(message:find('^parse error at line %d+, column %d+: [^\n]+$'), message)
        assert(not message:find('enable', 1, true) and not message:find('Source', 1, true), message)
    end
end

local function check_sizes()
    local text = ('x'):rep(2^20)
    raises_at("bad argument #1 to 'dump' (the JSON text is longer than 16777216 bytes)", function()
        json.dump{text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text}
    end)
    raises('cannot write an array with the key 3355444', json.dump, json.array{[3355444] = 1})
    local tables = text
    for _ = 1, 100 do tables = {tables, tables} end
    raises('the JSON text is longer', json.dump, tables)
    local _, message = json.parse((' '):rep(2^24 + 1))
    equal(message, 'parse error at line 1, column 1: the text is longer than 16777216 bytes')
end

-- the pauses are for slow machines: nothing may compute for long without waiting
local function check()
    check_dump()
    sleep(0)
    check_array()
    sleep(0)
    check_parse()
    sleep(0)
    check_syntax()
end

check_sizes()
check()
mysql_listen('@test', {on_connect = check, on_handshake_response = no_login})
