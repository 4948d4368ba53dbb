local policy = test.load('rate-limit.lua')

local function login(user)
    local client = policy:client()
    return client:login{ user = user }, client
end

test.case('a burst is admitted, then the rate counts', function()
    for _ = 1, 20 do
        test.equal(login('joe').action, 'connect')
    end
    test.equal(login('joe'), { action = 'err', message = 'Too many logins; try again in 1 seconds', code = 1226,
        sqlstate = '42000' })

    policy.clock:advance(1)
    test.equal(login('joe').action, 'connect')
    test.equal(login('joe').action, 'err')
end)

test.case('one account does not hinder another', function()
    for _ = 1, 25 do
        login('joe')
    end

    test.equal(login('ann').action, 'connect')
    test.matches(policy.log[1].line, 'refused reason="Too many logins.*user=joe')
end)

test.case('accounts may have limits of their own', function()
    login('backup')
    local _, second = login('backup')
    policy.clock:advance(100)

    test.equal(login('backup').message, 'Too many connections: backup has 2 already')

    second:disconnect()
    test.equal(login('backup').action, 'connect')
end)

test.case('sessions that change their user or were refused are counted right', function()
    local _, one = login('backup')
    one:login{ user = 'ann' }
    policy.clock:advance(100)
    login('backup')
    policy.clock:advance(100)

    test.equal(login('backup').action, 'connect')
    test.equal(login('backup').action, 'err')
    test.equal(policy.errors, {})
end)
