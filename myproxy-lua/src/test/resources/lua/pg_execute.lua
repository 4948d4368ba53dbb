dofile('src/test/resources/lua/check.lua')

local db = pg:new(conninfo)

local function first(...)
    local result, message = db:execute(...)
    if not result then error(message, 2) end
    return result:fetch({}, 'n')
end

local function refused(text, state, ...)
    local result, message, sqlstate = db:execute(...)
    equal(result, nil)
    equal(message, text)
    equal(sqlstate, state)
end

local function check()
    -- parameters
    equal(first('SELECT $1::text', {'a'})[1], 'a')
    equal(first('SELECT $1::int + 1', {'42'})[1], '43')
    equal(first('SELECT $1::text', {42})[1], '42')
    equal(first('SELECT $1::text', {1e15})[1], '1000000000000000')
    equal(first('SELECT $1::numeric', {1e21})[1], '1000000000000000000000')
    equal(first('SELECT $1::text', {-0.1})[1], '-0.1')
    equal(first('SELECT $1::text', {1e-7})[1], '0.0000001')
    equal(first('SELECT $1::float8', {1/0})[1], 'Infinity')
    equal(first('SELECT $1::bool, $2::bool, $1::text', {true, false})[1], 't')
    equal(first('SELECT $1::int[]', {{1, 2, 3}})[1], '{1,2,3}')
    equal(first('SELECT $1::text[]', {{'a b', 'c"d', 'e\\f', 'NULL', ''}})[1], [[{"a b","c\"d","e\\f","NULL",""}]])
    equal(first('SELECT $1::int[]', {{{1, 2}, {3, 4}}})[1], '{{1,2},{3,4}}')
    equal(first('SELECT $1::int[]', {{1, nil, 3, n = 3}})[1], '{1,NULL,3}')
    equal(first('SELECT $1::int[]', {{}})[1], '{}')
    equal(first("SELECT 'b' = ANY($1)", {{'a', 'b'}})[1], 't')
    equal(first("SELECT 'ä\195\164' || $1", {'\195\164'})[1], 'ä\195\164\195\164')

    -- nil, wherever it stands
    equal(first('SELECT $1::text IS NULL, $2::text', {nil, 'x'})[2], 'x')
    equal(first('SELECT $1::text, $2::text IS NULL', {'x', nil})[2], 't')
    equal(first('SELECT $1::text IS NULL', {nil})[1], 't')
    equal(first('SELECT $1::text IS NULL', {})[1], 't')
    equal(first('SELECT $1::text IS NULL AND $2::text IS NULL', {nil, nil, n = 2})[1], 't')
    refused('ERROR:  bind message supplies 1 parameters, but prepared statement "" requires 2\n', '08P01',
        'SELECT $1::text, $2::text', {'x', n = 1})
    refused('ERROR:  bind message supplies 2 parameters, but prepared statement "" requires 1\n', '08P01',
        'SELECT $1::text', {'x', 'y'})
    equal(first('SELECT 1', {})[1], '1')

    -- results
    local result = assert(db:execute("SELECT 1 AS a, NULL AS b, 'x' AS \"C d\" UNION ALL SELECT 2, 'y', 'z'"))
    equal(result.ntuples, 2)
    equal(result.cmd_tuples, 2)
    equal(table.concat(result.columns, ','), 'a,b,C d')
    local row = result:fetch()
    equal(row.a, '1')
    equal(row.b, nil)
    equal(row['C d'], 'x')
    local given = {a = 'old', other = 'stays'}
    equal(result:fetch(given), given)
    equal(given.a, '2')
    equal(given.b, 'y')
    equal(given.other, 'stays')
    equal(select('#', result:fetch()), 0)
    equal(select('#', result:fetch({})), 0)

    result = db:execute('SELECT 1, NULL UNION ALL SELECT 2, 5')
    given = {'old', 'old'}
    equal(result:fetch(given, 'n'), given)
    equal(given[1], '1')
    equal(given[2], nil)
    raises_at("bad argument #2 to 'fetch' (Bad mode)", function() result:fetch({}, 'x') end)
    raises_at("bad argument #1 to 'fetch' (table expected, got nil)", function() result:fetch(nil) end)
    raises_at('Too many parameters', function() result:fetch({}, 'n', 1) end)

    local sum = 0
    for r in db:execute('SELECT i, -i AS j FROM generate_series(1, 10) AS i'):rows() do
        sum = sum + r.i - r.j
    end
    equal(sum, 110)
    sum = 0
    for r in db:execute('SELECT i FROM generate_series(1, 10) AS i'):rows('n') do sum = sum + r[1] end
    equal(sum, 55)
    raises_at("bad argument #1 to 'rows' (Bad mode)", function() result:rows('x') end)

    -- commands
    db:execute('CREATE TEMP TABLE IF NOT EXISTS t (a int)')
    equal(db:execute('INSERT INTO t VALUES (1), (2)').cmd_tuples, 2)
    equal(db:execute('UPDATE t SET a = $1', {5}).cmd_tuples, 2)
    equal(db:execute('DELETE FROM t').cmd_tuples, 2)
    equal(db:execute("SET work_mem = '1MB'").cmd_tuples, nil)
    equal(db:execute('').ntuples, 0)
    equal(select('#', db:execute(''):fetch()), 0)
    equal(db:execute('SELECT 1; SELECT 2 AS last'):fetch().last, '2')

    -- errors
    refused('ERROR:  column "bogus" does not exist\nLINE 1: SELECT bogus\n               ^\n', '42703',
        'SELECT bogus')
    refused('ERROR:  division by zero\n', '22012', 'SELECT 1/$1::int', {0})
    refused('ERROR:  invalid input syntax for type integer: "x"\nCONTEXT:  unnamed portal parameter $1 = \'...\'\n',
        '22P02', 'SELECT $1::int', {'x'})
    equal(first('SELECT 1')[1], '1')

    -- text format
    row = assert(db:execute([[SELECT true AS bool, '\x00ff'::bytea AS bytes, ARRAY['a b', NULL] AS list,
        1.50::numeric AS num, '{"a":  1}'::json AS json]])):fetch()
    equal(row.bool, 't')
    equal(row.bytes, '\\x00ff')
    equal(row.list, '{"a b",NULL}')
    equal(row.num, '1.50')
    equal(row.json, '{"a":  1}')

    raises_at('attempt to index a userdata value', function() db.x = 1 end)
    equal(db.nothing, nil)
end

check()

local inner = coroutine.wrap(function() check() return 'done' end)
equal(inner(), 'done')

mysql_listen('@test', {
    on_connect = check,
    on_handshake_response = no_login,
})
