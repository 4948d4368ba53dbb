local policy = test.load('fixed-server.lua')

test.case('clients keep their name, password and database', function()
    policy:resolve('db1.example', '10.0.0.1')
    local client = policy:client{ uid = 1000 }

    local decision = client:login{ user = 'joe', password = 'secret', database = 'shop' }

    test.includes(decision, { action = 'connect', target = '10.0.0.1:3306', user = 'joe', password = 'secret',
        database = 'shop' })
    test.equal(client.account, 'joe')
end)

test.case('a server that moves is found at the next login', function()
    policy:resolve('db1.example', '10.0.0.1')
    test.equal(policy:client():login{ user = 'joe' }.target, '10.0.0.1:3306')

    policy:resolve('db1.example', '10.0.0.2')

    test.equal(policy:client():login{ user = 'joe' }.target, '10.0.0.2:3306')
end)

test.case('administrators and clients without a name are refused', function()
    test.includes(policy:client():login{ user = 'root', password = 'x' }, { action = 'err' })
    test.includes(policy:client():login{}, { action = 'err' })
end)

test.case('a name that nobody knows is told to the client and to the log', function()
    policy:resolve('db1.example', nil, 'Name or service not known')

    test.equal(policy:client():login{ user = 'joe' },
        { action = 'err', message = 'The database server can not be found' })
    test.matches(policy.printed[1], 'no database server: .*Name or service not known')
end)
