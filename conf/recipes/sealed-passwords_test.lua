local public_key, secret_key = sodium.crypto_box_keypair()
local path = os.tmpname()
local file = assert(io.open(path, 'w'))
file:write(sodium.bin2hex(secret_key), '\n')
file:close()

local hash = assert(sodium.crypto_pwhash_str('secret'))
local policy = test.load('sealed-passwords.lua', { env = { MYPROXY_SECRET_KEY_FILE = path } })

local function account(key)
    return { { password_hash = hash, server = '10.0.0.1', server_user = 'u1',
        sealed = sodium.bin2hex(sodium.crypto_box_seal('at the server', key)) } }
end

local function login(password)
    return policy:client():login{ user = 'joe', password = password }
end

test.case('the password is opened for the server', function()
    policy.db:answer('FROM sealed_accounts WHERE name = %$1', account(public_key))

    test.includes(login('secret'), { action = 'connect', target = '10.0.0.1:3306', user = 'u1',
        password = 'at the server' })
    test.equal(login('secret').action, 'connect')
    test.equal(policy.db.queries[1].params[1], 'joe')
end)

test.case('a wrong password is refused, before and after a right one', function()
    policy.db:answer('FROM sealed_accounts', account(public_key))

    test.equal(login('x').message, 'Access denied for user joe')
    login('secret')
    test.equal(login('x').message, 'Access denied for user joe')
    test.equal(login('').message, 'Access denied for user joe')
end)

test.case('unknown users get the same answer', function()
    policy.db:answer('FROM sealed_accounts', {})

    test.equal(login('secret').message, 'Access denied for user joe')
end)

test.case('what was sealed with another key is told to the log, not to the client', function()
    policy.db:answer('FROM sealed_accounts', account((sodium.crypto_box_keypair())))

    test.equal(login('secret').message, 'The account is not set up correctly')
    test.matches(policy.log[1].line, 'sealed with another key user=joe')
end)

test.case('a database that is down is told', function()
    policy.db:fail('FROM sealed_accounts', 'connection refused')

    test.matches(login('secret').message, 'try again later')
    test.matches(policy.log[1].line, 'accounts: connection refused')
end)

test.case('a key that is none is found when the configuration loads', function()
    local other = os.tmpname()
    test.raises('must hold 64 hexadecimal digits', function()
        test.load('sealed-passwords.lua', { env = { MYPROXY_SECRET_KEY_FILE = other } })
    end)
    os.remove(other)
    os.remove(path)
end)
