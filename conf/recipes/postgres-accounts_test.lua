local policy = test.load('postgres-accounts.lua', { env = { MYPROXY_DATABASE = 'host=db dbname=policy' } })

local joe = { password = 'secret', server = '10.0.0.1', server_user = 'u1', server_password = 'p1' }

local function login(user, password)
    return policy:client():login{ user = user, password = password, database = 'shop' }
end

test.before(function()
    policy.db:answer('FROM accounts WHERE name = %$1 AND enabled', function(_, params)
        return params[1] == 'joe' and { joe } or {}
    end)
end)

test.case('the row says where to go', function()
    local client = policy:client()

    test.includes(client:login{ user = 'joe', password = 'secret', database = 'shop' },
        { action = 'connect', target = '10.0.0.1:3306', user = 'u1', password = 'p1', database = 'shop' })

    test.equal(client.account, 'joe')
    test.equal(policy.db.queries[1].params, { 'joe', n = 1 })
end)

test.case('an account is looked up once', function()
    login('joe', 'secret')
    test.equal(login('joe', 'secret').action, 'connect')
    test.equal(#policy.db.queries, 1)

    policy.clock:advance(601)
    login('joe', 'secret')
    test.equal(#policy.db.queries, 2)
end)

test.case('wrong passwords and unknown users are refused alike, after a second', function()
    local before = policy.clock.now()

    test.equal(login('joe', 'x'), { action = 'err', message = 'Access denied for user joe', code = 1045,
        sqlstate = '28000' })
    test.equal(login('eve', 'x').message, 'Access denied for user eve')

    test.equal(policy.clock.now() - before, 2)
end)

test.case('a notification makes a change hold at once', function()
    login('joe', 'secret')
    policy.db:answer('FROM accounts', { { password = 'new', server = '10.0.0.2', server_user = 'u2',
        server_password = 'p2', server_database = 'fixed' } })
    test.equal(login('joe', 'secret').target, '10.0.0.1:3306')

    policy:notify('account_changed', 'joe')

    test.equal(login('joe', 'secret').action, 'err')
    test.includes(login('joe', 'new'), { target = '10.0.0.2:3306', user = 'u2', database = 'fixed' })
end)

test.case('an account that was unknown is found when it is created', function()
    test.equal(login('ann', 'x').action, 'err')
    policy.db:answer('FROM accounts', { joe })

    policy:notify('account_changed', 'ann')

    test.equal(login('ann', 'secret').action, 'connect')
end)

test.case('when notifications were missed, nothing is trusted any more', function()
    login('joe', 'secret')
    policy:notify('account_changed')
    login('joe', 'secret')
    policy:notify('account_changed', '*')
    login('joe', 'secret')

    test.equal(#policy.db.queries, 3)
end)

test.case('without the database, cached accounts work and others are told to wait', function()
    login('joe', 'secret')
    policy.db:fail('.', 'connection refused')

    test.equal(login('joe', 'secret').action, 'connect')
    test.matches(login('ann', 'x').message, 'try again later')
    test.matches(policy.log[1].line, 'accounts: connection refused')

    policy.db:answer('.', { joe })
    test.equal(login('ann', 'secret').action, 'connect')
end)
