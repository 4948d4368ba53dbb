dofile('src/test/resources/lua/check.lua')

local function check_arguments()
    raises_at('Too many parameters', function() sleep(1, 2) end)
    raises_at('Too many parameters', function() sleep(1, nil) end)
    raises_at("bad argument #1 to 'sleep' (Positive number expected)", function() sleep(-0.1) end)
    raises_at("bad argument #1 to 'sleep' (Positive number expected)", function() sleep(0/0) end)
    raises_at("bad argument #1 to 'sleep' (number expected, got no value)", function() sleep() end)
    raises_at("bad argument #1 to 'sleep' (number expected, got nil)", function() sleep(nil) end)
    raises_at("bad argument #1 to 'sleep' (number expected, got string)", function() sleep('long') end)
    raises_at("bad argument #1 to 'sleep' (number expected, got table)", function() sleep({}) end)
end

check_arguments()

-- while the configuration loads it blocks
equal(select('#', sleep(0)), 0)
sleep(0.002)
local steps = {}
local sleeper = coroutine.wrap(function()
    sleep(0.001)
    steps[#steps + 1] = 'slept'
    coroutine.yield()
    sleep(0.001)
    steps[#steps + 1] = 'again'
end)
sleeper()
sleeper()
equal(table.concat(steps, ' '), 'slept again')

mysql_listen('@test', {
    on_connect = function()
        check_arguments()
        equal(select('#', sleep(0)), 0)
        equal(select('#', sleep('0.001')), 0)
        sleep(0.02)

        -- inside coroutines, in any depth
        local log = {}
        local worker = coroutine.wrap(function()
            for i = 1, 3 do
                sleep(0.001)
                coroutine.wrap(function() sleep(0.001) log[#log + 1] = 'slept' end)()
                coroutine.yield(i)
            end
            return 'end'
        end)
        for i = 1, 3 do equal(worker(), i) end
        equal(worker(), 'end')
        equal(table.concat(log, ' '), 'slept slept slept')

        -- through pcall and xpcall
        equal(pcall(sleep, 0.001), true)
        equal(select(2, xpcall(function() sleep(0.001) return 'x' end, print)), 'x')
    end,
    on_handshake_response = no_login,
})
