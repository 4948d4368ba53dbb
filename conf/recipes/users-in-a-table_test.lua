local policy = test.load('users-in-a-table.lua')

test.case('a user becomes somebody else at the server', function()
    local client = policy:client()

    local decision = client:login{ user = 'joe', password = 'correct horse battery staple', database = 'mysql' }

    test.includes(decision, { action = 'connect', target = '10.0.0.1:3306', user = 'customer_joe',
        password = 'at the server', database = 'joe' })
    test.equal(client.account, 'joe')
end)

test.case('the hash of a password is enough', function()
    local decision = policy:client():login{ user = 'ann', password = 'another long one' }

    test.equal(#decision.password_sha1, 20)
    test.equal(decision.password_sha1:byte(1), 0xa9)
    test.equal(decision.target, '/run/mysqld/mysqld.sock')
end)

test.case('who guesses waits, and does not learn whether the user exists', function()
    local before = policy.clock.now()

    local wrong = policy:client():login{ user = 'joe', password = 'x' }
    local unknown = policy:client():login{ user = 'eve', password = 'x' }

    test.equal(wrong.message, 'Access denied for user joe')
    test.equal(unknown.message, 'Access denied for user eve')
    test.equal(policy.clock.now() - before, 2)
    test.equal(policy.printed, { 'wrong user name or password: joe', 'wrong user name or password: eve' })
end)

test.case('other databases are refused', function()
    local client = policy:client()
    client:login{ user = 'joe', password = 'correct horse battery staple' }

    test.equal(client:init_db('joe').database, 'joe')
    test.equal(client:init_db('ann'), { action = 'err', message = 'Access denied to database ann' })
end)

local function write(path, text)
    local file = assert(io.open(path, 'w'))
    file:write(text)
    file:close()
end

test.case('SIGHUP reads the file again, and a broken one changes nothing', function()
    local path = os.tmpname()
    write(path, "return { eve = { password = 'one', server = '10.0.0.9', login = { user = 'e' } } }")
    local mine = test.load('users-in-a-table.lua', { env = { MYPROXY_USERS = path } })
    test.equal(mine:client():login{ user = 'eve', password = 'one' }.target, '10.0.0.9:3306')

    write(path, "return { eve = { password = 'two', server = '10.0.0.8', login = { user = 'e' } } }")
    mine:reload()
    test.equal(mine:client():login{ user = 'eve', password = 'one' }.action, 'err')
    test.equal(mine:client():login{ user = 'eve', password = 'two' }.target, '10.0.0.8:3306')

    write(path, "return { eve = { server = '10.0.0.7', login = { user = 'e' } } }")
    test.raises('user eve has no password', function() mine:reload() end)
    test.equal(mine:client():login{ user = 'eve', password = 'two' }.target, '10.0.0.8:3306')
    os.remove(path)
end)
