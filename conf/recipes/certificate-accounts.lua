-- Clients show a TLS certificate in the place of a password: its subject or its fingerprint says which account they get.
--
-- When to use it: programs on other machines whose certificates an authority of your own gives out, and renews. Nothing that
-- is worth stealing is sent, and nobody without such a certificate gets as far as the script.
--
-- Adapt: the tables. By subject, a renewed certificate has the same account; by fingerprint, one certificate does, such as
-- one that stands for a single machine.
-- Needs: the proxy's certificate and key, and the authority's certificate, in PEM files (docs/tls.md).

local SERVER = '10.0.0.1:3306'

local by_subject = {
    ['CN=shop,O=Example'] = { user = 'shop', password = 'at the server' },
    ['CN=reports,O=Example'] = { user = 'reports', password = 'at the server, too', read_only = true },
}

-- openssl x509 -in client.crt -noout -fingerprint -sha256, without colons and in lower case
local by_fingerprint = {
    ['3f1c2b5a6d7e8f901a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7081'] = { user = 'backup', password = 'third' },
}

-- Certificates that are still valid but lost: their owners are refused until the authority's time is over.
local revoked = {
    ['00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'] = true,
}

local handlers = {}

function handlers.on_handshake_response(client, login)
    local subject, fingerprint = client.tls.subject, client.tls.fingerprint
    local account = not revoked[fingerprint] and (by_fingerprint[fingerprint] or by_subject[subject])
    if not account then
        print('no account for ' .. subject .. ' ' .. fingerprint)
        return client:err('No account for the certificate of ' .. subject, 1045, '28000')
    end
    client.account = account.user
    return client:connect(SERVER, {
        user = account.user,
        password = account.password,
        database = login.database,
    }, { read_only = account.read_only })
end

mysql_listen('*:3306', handlers, {
    auth = 'certificate',
    tls = {
        certificate = '/etc/cm4all/myproxy/tls/server.crt',
        key = '/etc/cm4all/myproxy/tls/server.key',
        ca = '/etc/cm4all/myproxy/tls/clients-ca.crt',
    },
})
