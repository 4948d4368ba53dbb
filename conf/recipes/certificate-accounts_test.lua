local policy = test.load('certificate-accounts.lua')

local function client(subject, fingerprint)
    return policy:client{ tls = { subject = subject, fingerprint = fingerprint } }
end

test.case('the subject of the certificate is the account, whatever the client says', function()
    local shop = client('CN=shop,O=Example')

    test.includes(shop:login{ user = 'root', password = '', database = 'orders' },
        { action = 'connect', target = '10.0.0.1:3306', user = 'shop', password = 'at the server', database = 'orders' })
    test.equal(shop.account, 'shop')
end)

test.case('some only read', function()
    test.equal(client('CN=reports,O=Example'):login{}.read_only, true)
    test.equal(client('CN=shop,O=Example'):login{}.read_only, false)
end)

test.case('one certificate may have an account of its own', function()
    local fingerprint = '3f1c2b5a6d7e8f901a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7081'

    test.equal(client('CN=shop,O=Example', fingerprint):login{}.user, 'backup')
end)

test.case('others are refused, and so are certificates that were lost', function()
    local lost = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'

    test.equal(client('CN=eve'):login{}, { action = 'err', message = 'No account for the certificate of CN=eve',
        code = 1045, sqlstate = '28000' })
    test.equal(client('CN=shop,O=Example', lost):login{}.action, 'err')
    test.equal(policy.printed[2], 'no account for CN=shop,O=Example ' .. lost)
end)
