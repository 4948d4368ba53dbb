-- A policy that keeps passwords sealed in PostgreSQL. SealedPasswordsTest sets conninfo and logs in.

local pk, sk = sodium.crypto_box_keypair()
local db = pg:new(conninfo)

-- PostgreSQL shows a bytea as \x and hexadecimal digits, and takes it so.
local function seal(user, password)
    local box = sodium.crypto_box_seal(password, pk)
    assert(db:execute('INSERT INTO sealed VALUES ($1, $2)', {user, '\\x' .. sodium.bin2hex(box)}))
end

assert(db:execute('DROP TABLE IF EXISTS sealed'))
assert(db:execute('CREATE TABLE sealed (name text PRIMARY KEY, box bytea)'))
seal('joe', 'a\0b\255\195\164')
seal('empty', '')
assert(db:execute([[INSERT INTO sealed VALUES ('short', '\xabcd')]]))
assert(db:execute([[INSERT INTO sealed SELECT 'forged', decode(repeat('ab', 60), 'hex')]]))

mysql_listen('@sealed', {
    on_handshake_response = function(client, login)
        local row = assert(db:execute('SELECT box FROM sealed WHERE name = $1', {login.user})):fetch()
        local box = row and sodium.hex2bin(row.box:sub(3))
        local password = box and #box >= 48 and sodium.crypto_box_seal_open(box, pk, sk)
        if not password then
            return client:err('No password for ' .. login.user)
        end
        return client:connect('127.0.0.1', {user = login.user, password = password})
    end,
})
