dofile('src/test/resources/lua/check.lua')

local function check_definitions()
    for _, kind in ipairs{'counter', 'gauge', 'histogram'} do
        local make = metrics[kind]
        raises_at("bad argument #1 to '" .. kind .. "' (string expected, got no value)", function() make() end)
        raises_at("bad argument #2 to '" .. kind .. "' (string expected, got no value)", function() make('a') end)
        local rule = "' (a name consists of letters, digits and '_', and does not begin with a digit)"
        for _, name in ipairs{'', '1a', 'a-b', 'a b', 'a:b', 'ä', ('x'):rep(201)} do
            raises_at("bad argument #1 to '" .. kind .. rule, function() make(name, 'help') end)
        end
        raises_at("bad argument #1 to '" .. kind .. "' (names that begin with myproxy_ are the daemon's own)",
            function() make('myproxy_x', 'help') end)
        raises("names that begin with jvm_ are the daemon's own", function() make('jvm_x', 'help') end)
        raises_at("bad argument #1 to '" .. kind .. "' (the name of a " .. kind .. " can't end in _bucket)",
            function() make('a_bucket', 'help') end)
        raises_at("bad argument #3 to '" .. kind .. "' (table expected, got string)", function() make('a', 'b', 'c') end)
        raises_at("bad argument #3 to '" .. kind .. "' (not a label: a-b)", function() make('a', 'b', {'a-b'}) end)
        raises_at("bad argument #3 to '" .. kind .. "' (not a label: __a)", function() make('a', 'b', {'__a'}) end)
        raises_at("bad argument #3 to '" .. kind .. "' (not a label: number)", function() make('a', 'b', {5}) end)
        raises_at("bad argument #3 to '" .. kind .. "' (label a twice)", function() make('a', 'b', {'a', 'a'}) end)
        raises_at("bad argument #3 to '" .. kind .. "' (list expected)", function() make('a', 'b', {x = 'a'}) end)
        raises_at('Too many parameters', function() make('a', 'b', {}, {}, {}) end)
    end
    raises("can't end in _total", function() metrics.gauge('a_total', 'help') end)
    raises('not a label: le', function() metrics.histogram('a', 'help', {'le'}) end)
    raises_at("bad argument #4 to 'histogram' (buckets are rising numbers above 0)",
        function() metrics.histogram('a', 'help', {}, {1, 1}) end)
    raises('buckets are rising numbers', function() metrics.histogram('a', 'help', {}, {0, 1}) end)
    raises('1 to 50 buckets expected', function() metrics.histogram('a', 'help', {}, {}) end)
    raises_at('Too many parameters', function() metrics.counter('a', 'b', {}, {}) end)
end

local function check_identity()
    local c = metrics.counter('t_logins', 'Logins', {'result'})
    equal(metrics.counter('t_logins_total', 'Logins', {'result'}), c)
    local other = 'there is another metric "t_logins", a counter with other properties'
    raises_at(other, function() metrics.counter('t_logins', 'Other', {'result'}) end)
    raises_at(other, function() metrics.counter('t_logins', 'Logins') end)
    raises_at(other, function() metrics.gauge('t_logins', 'Logins', {'result'}) end)
end

local function check_series()
    metrics.histogram('t_a', 'A')
    raises_at('another metric has the time series "t_a_count"', function() metrics.gauge('t_a_count', 'Count') end)
    metrics.gauge('t_b_sum', 'B')
    raises_at('another metric has the time series "t_b_sum"', function() metrics.histogram('t_b', 'B') end)
    raises('with other properties', function() metrics.counter('t_a', 'A') end)
end

local function check_use()
    local c = metrics.counter('t_plain', 'Plain')
    equal(select('#', c:inc()), 0)
    c:inc(2.5)
    c:inc(0, {})
    raises_at("bad argument #1 to 'inc' (a counter only goes up)", function() c:inc(-1) end)
    raises_at("bad argument #1 to 'inc' (a counter only goes up)", function() c:inc(0/0) end)
    raises_at("bad argument #1 to 'inc' (number expected, got table)", function() c:inc({}) end)
    raises_at([[bad argument #2 to 'inc' (Unknown label "a")]], function() c:inc(1, {a = 1}) end)
    raises('myproxy.counter expected', function() c.inc() end)

    local g = metrics.gauge('t_gauge', 'Gauge', {'pool', 'ready'})
    g:set(-5, {pool = 'a', ready = true})
    g:inc(2, {pool = 'a', ready = true})
    g:dec(nil, {pool = 'a', ready = true})
    g:set(1, {pool = 7, ready = false})
    raises_at("bad argument #2 to 'set' (no value for label pool)", function() g:set(1) end)
    raises_at("bad argument #2 to 'set' (no value for label ready)", function() g:set(1, {pool = 'a'}) end)
    raises_at([[bad argument #2 to 'set' (Unknown label "pol"; did you mean "pool"?)]],
        function() g:set(1, {pol = 'a'}) end)
    raises_at("bad argument #2 to 'set' (Bad value of label pool)", function() g:set(1, {pool = {}, ready = 1}) end)
    raises_at("bad argument #1 to 'set' (number expected, got no value)", function() g:set() end)
    raises_at('Too many parameters', function() g:set(1, {}, 2) end)

    local h = metrics.histogram('t_seconds', 'Seconds', nil, {0.1, 1})
    h:observe(0.05)
    h:observe(0.5)
    h:observe(50)
    raises_at("bad argument #1 to 'observe' (a histogram takes numbers from 0 on)", function() h:observe(-1) end)
    raises_at("bad argument #1 to 'observe' (number expected, got no value)", function() h:observe() end)
end

local function check_all()
    check_definitions()
    check_identity()
    check_series()
    check_use()
end

check_all()

raises_at('Invalid parameter count', function() prometheus_listen() end)
raises_at('Invalid parameter count', function() prometheus_listen('*', '*') end)
raises_at("bad argument #1 to 'prometheus_listen' (path expected)", function() prometheus_listen({}) end)
raises_at("bad argument #1 to 'prometheus_listen' (path expected)", function() prometheus_listen(nil) end)
raises('Failed to resolve "localhost":"9100"', function() prometheus_listen('localhost') end)
raises('Failed to bind to /nonexistent/x: No such file or directory', function() prometheus_listen('/nonexistent/x') end)
for _, address in ipairs{'*', '127.0.0.1:9200', '[::1]', '/run/x', '@x', mysql_resolve('192.0.2.1:9300')} do
    equal(select('#', prometheus_listen(address)), 0)
end
local listen = prometheus_listen

mysql_listen('@test', {
    on_connect = function()
        equal(prometheus_listen, nil)
        raises_at('prometheus_listen is for configuration time only', function() listen('*') end)
        check_all()
    end,
    on_handshake_response = no_login,
})
