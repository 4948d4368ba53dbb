local path = os.tmpname()

local function write(text)
    local file = assert(io.open(path, 'w'))
    file:write(text)
    file:close()
end

write('# customers\nc10000:secret:with colon\nmaintenance:other\n')
local policy = test.load('account-by-uid.lua', { env = { MYPROXY_PASSWORDS = path } })

test.case('the uid decides, whatever the client says', function()
    local client = policy:client{ uid = 10000 }

    local decision = client:login{ user = 'root', password = 'x', database = 'shop' }

    test.includes(decision, { action = 'connect', target = '10.0.0.1:3306', user = 'c10000',
        password = 'secret:with colon', database = 'shop' })
    test.equal(client.account, 'c10000')
end)

test.case('staff get accounts of their own', function()
    test.equal(policy:client{ uid = 0 }:login{}.user, 'maintenance')
end)

test.case('other users are refused before the greeting', function()
    local client = policy:client{ uid = 60000 }

    test.equal(client:connect(), { action = 'err', message = 'There is no database account for your user' })
    test.equal(client.phase, 'gone')
    test.equal(policy.printed, { 'refused uid 60000' })
end)

test.case('customers without a password are told so until SIGHUP finds one', function()
    test.equal(policy:client{ uid = 10001 }:login{}.message, 'Your database account is not ready yet')

    write('c10001:new\n')
    policy:reload()

    test.equal(policy:client{ uid = 10001 }:login{}.password, 'new')
    os.remove(path)
end)
