local policy = test.load('account-by-cgroup.lua', { env = { MYPROXY_SERVER_PASSWORD = 'shared' } })

test.case('the attribute of the group is the account', function()
    local client = policy:client{ cgroup = '/customers.slice/x.slice', xattr = { account = 'joe' } }

    test.includes(client:login{ user = 'root', password = 'x' }, { action = 'connect', target = '10.0.0.1:3306',
        user = 'joe', password = 'shared', database = 'joe' })
    test.equal(client.account, 'joe')
end)

test.case('groups inherit the attribute, and can not replace it', function()
    local client = policy:client{
        cgroup = '/customers.slice/joe.slice/php.service/mine',
        xattr = { account = 'ann', ['/customers.slice/joe.slice'] = { account = 'joe' } },
    }

    test.equal(client:login{ database = 'shop' }.user, 'joe')
end)

test.case('without an attribute the name of the group counts', function()
    test.equal(policy:client{ cgroup = '/customers.slice/customer-ann.slice/php.service' }:login{}.user, 'ann')
end)

test.case('other groups, and clients in none, are refused', function()
    test.equal(policy:client{ cgroup = '/system.slice/customer-ann.slice' }:login{},
        { action = 'err', message = 'There is no database account for this service' })
    test.equal(policy:client():connect().action, 'err')
    test.equal(policy.printed,
        { 'no account for cgroup /system.slice/customer-ann.slice', 'no account for cgroup (none)' })
end)
