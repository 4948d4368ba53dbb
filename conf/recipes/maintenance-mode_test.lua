local policy = test.load('maintenance-mode.lua', {
    prepare = function(policy)
        policy.db:answer('FROM maintenance', {})
    end,
})

local function login(user)
    return policy:client():login{ user = user }
end

local function close(server, message)
    policy.db:answer('FROM maintenance', { { server = server, message = message } })
    policy:notify('maintenance', '')
end

test.case('all servers are open at first', function()
    test.equal(login('joe').target, '10.0.0.1:3306')
    test.equal(login('ann').target, '10.0.0.2:3306')
    test.equal(login('eve').action, 'err')
end)

test.case('a closed server tells when to come back; others work', function()
    close('10.0.0.1:3306', 'Back at 14:00')

    test.equal(login('joe'), { action = 'err', message = 'The server is down for maintenance. Back at 14:00',
        code = 1053, sqlstate = '08S01' })
    test.equal(login('ann').action, 'connect')
    test.equal(login('maintenance').action, 'connect')
end)

test.case('it opens again', function()
    close('10.0.0.1:3306', 'x')
    policy.db:answer('FROM maintenance', {})

    policy:notify('maintenance', '')

    test.equal(login('joe').action, 'connect')
end)

test.case('when notifications were missed, the table is read again', function()
    policy.db:answer('FROM maintenance', { { server = '10.0.0.2:3306', message = 'x' } })

    policy:notify('maintenance')

    test.equal(login('ann').action, 'err')
end)

test.case('a database that is down changes nothing', function()
    close('10.0.0.1:3306', 'x')
    policy.db:fail('FROM maintenance', 'connection refused')

    policy:notify('maintenance', '')

    test.equal(login('joe').action, 'err')
    test.matches(policy.log[1].line, 'maintenance not known reason="connection refused"')
end)

test.case('the proxy starts without the database', function()
    local alone = test.load('maintenance-mode.lua', {
        prepare = function(policy)
            policy.db:fail('.', 'connection refused')
        end,
    })

    test.equal(alone:client():login{ user = 'joe' }.action, 'connect')
end)
