-- A test of config.lua: bin/myproxy test conf/config_test.lua. The manual is docs/testing-policies.md.

local policy = test.load('config.lua')

test.case('everybody is passed on as they are', function()
    local client = policy:client{ uid = 1000 }

    local decision = client:login{ user = 'joe', password = 'secret', database = 'shop' }

    test.includes(decision, { action = 'connect', target = '/run/mysqld/mysqld.sock', user = 'joe',
        password = 'secret', database = 'shop' })
    test.equal(client.account, 'joe')
    test.equal(client:init_db('blog'), { action = 'init_db', database = 'blog' })
end)

test.case('clients without a name have no account', function()
    local client = policy:client{ address = '127.0.0.1:50000' }

    test.equal(client:login{}.action, 'connect')
    test.is_nil(client.account)
end)

-- Tests play the sockets of systemd, too.
test.case('it listens where systemd does', function()
    test.equal(policy.listeners, { 'systemd' })
end)
