local public_key, secret_key = sodium.crypto_sign_keypair()
local policy = test.load('jwt-login.lua', { env = { MYPROXY_JWT_PUBLIC_KEY = sodium.bin2hex(public_key) } })

-- A good token, but for the claims that are given.
local function token(claims)
    local all = { aud = 'myproxy', sub = 'joe', exp = policy.clock.now() + 3600 }
    for name, value in pairs(claims or {}) do
        all[name] = value
    end
    return jwt.sign(secret_key, {}, all)
end

local function login(password, database)
    local client = policy:client()
    return client:login{ user = 'joe', password = password, database = database }, client
end

test.case('a good token lets the tenant in', function()
    local decision, client = login(token(), 'shop')

    test.includes(decision, { action = 'connect', user = 'joe', password = 'his password there', database = 'shop' })
    test.equal(client.account, 'joe')
    test.equal(client:init_db('other').database, 'other')
end)

test.case('a token may be for some databases', function()
    local limited = token{ dbs = { 'shop', 'blog' } }
    local decision, client = login(limited, 'shop')

    test.equal(decision.action, 'connect')
    test.equal(client:init_db('blog').database, 'blog')
    test.equal(client:init_db('mysql').message, 'The token is not for the database mysql')
    test.equal(login(limited, 'mysql').message, 'The token is not for the database mysql')
end)

test.case('tokens end', function()
    local good = token()
    policy.clock:advance(3609)
    test.equal(login(good).action, 'connect')

    policy.clock:advance(1)

    test.equal(login(good).message, 'Access denied: token has expired')
end)

test.case('bad tokens are refused', function()
    local _, other_key = sodium.crypto_sign_keypair()
    test.equal(login('secret').message, 'Access denied: malformed token')
    test.equal(login(jwt.sign(other_key, {}, { aud = 'myproxy', sub = 'joe' })).message, 'Access denied: bad signature')
    test.equal(login(token{ aud = 'mail' }).message, 'Access denied: token is for somebody else')
    test.equal(login(token{ sub = 'ann' }).message, 'Access denied: token is for another user')
    test.equal(login(token{ exp = policy.clock.now() + 1e6 }).message, 'Access denied: token lives too long')
    test.matches(policy.log[1].line, 'login refused reason="malformed token" user=joe')
end)

test.case('a token for somebody whom the proxy does not know is not enough', function()
    local decision = policy:client():login{ user = 'eve', password = token{ sub = 'eve' } }

    test.equal(decision.message, 'There is no account for eve')
end)

test.case('a missing key is found when the configuration loads', function()
    test.raises('MYPROXY_JWT_PUBLIC_KEY must be', function() test.load('jwt-login.lua') end)
end)
