-- A test of quickstart.lua.

local policy = test.load('quickstart.lua', {
    env = {
        QUICKSTART_SERVER = '127.0.0.1:13306',
        QUICKSTART_PASSWORD = 'at the server',
        QUICKSTART_SOCKET = '@quickstart',
        QUICKSTART_PORT = '13307',
    },
})

test.case('demo works as the owner of the shop', function()
    local client = policy:client()

    test.includes(client:login{ user = 'demo', password = 'demo' }, { action = 'connect', target = '127.0.0.1:13306',
        user = 'shop_owner', password = 'at the server', database = 'shop' })
    test.equal(client:init_db('shop').database, 'shop')
    test.matches(client:init_db('mysql').message, 'nothing for you')
end)

test.case('others are refused', function()
    test.includes(policy:client():login{ user = 'demo', password = 'x' },
        { action = 'err', message = 'Unknown user or wrong password', code = 1045 })
    test.equal(policy.printed, { 'script: refused demo' })
end)
