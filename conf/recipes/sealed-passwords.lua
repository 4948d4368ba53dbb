-- The passwords at the servers stand in PostgreSQL, sealed so that only the proxy can read them; those of the clients are
-- hashed (Argon2).
--
-- When to use it: the database of accounts is shared with other software, backed up and replicated, and whoever gets hold
-- of it must not get hold of the servers.
--
-- Adapt: the query; how long the results of comparing passwords are kept.
-- Needs: the table of sealed-passwords.sql; the connection string in MYPROXY_DATABASE; the secret key, 64 hexadecimal digits,
-- in a file that only the proxy can read, named by MYPROXY_SECRET_KEY_FILE. A hash costs some 50 ms and 64 MiB by design,
-- so a password that was right is remembered for a while, as a salted digest.

local db = pg:new(env.MYPROXY_DATABASE or 'dbname=myproxy', nil, { name = 'accounts' })

local function read_key(path)
    local file = assert(io.open(path))
    local key = sodium.hex2bin(file:read('*l') or '')
    file:close()
    if not key or #key ~= 32 then
        error(path .. ' must hold 64 hexadecimal digits', 0)
    end
    return key
end

local secret_key = read_key(env.MYPROXY_SECRET_KEY_FILE or '/etc/cm4all/myproxy/secret-key')
local public_key = sodium.crypto_scalarmult_base(secret_key)

local salt = sodium.randombytes(32)
local known_good = cache:new{ size = 10000, ttl = 300, name = 'passwords' }

local function account_of(name)
    local result, message = db:execute(
        [[SELECT password_hash, server, server_user, encode(sealed_password, 'hex') AS sealed
            FROM sealed_accounts WHERE name = $1]], { name })
    if not result then
        error('accounts: ' .. message, 0)
    end
    return result:fetch()
end

-- Whether the password is right; nil and a message if that can't be said now.
local function is_right(account, password)
    local digest = sodium.sha256(salt .. account.password_hash .. '\0' .. password)
    if known_good:get(digest) then
        return true
    end
    local right, message = sodium.crypto_pwhash_str_verify(account.password_hash, password)
    if right then
        known_good:set(digest, true)
    end
    return right, message
end

local handlers = {}

function handlers.on_handshake_response(client, login)
    local ok, account = pcall(account_of, login.user)
    if not ok then
        log.error(account)
        return client:err('The account database is not available; try again later')
    end
    local right, problem = false, nil
    if account then
        right, problem = is_right(account, login.password)
    end
    if problem then
        log.error('password not compared', { reason = problem })
        return client:err('Too many logins; try again later')
    end
    if not right then
        sleep(1)
        return client:err('Access denied for user ' .. login.user, 1045, '28000')
    end

    local password = sodium.crypto_box_seal_open(sodium.hex2bin(account.sealed), public_key, secret_key)
    if not password then
        log.error('sealed with another key', { user = login.user })
        return client:err('The account is not set up correctly')
    end
    client.account = login.user
    return client:connect(account.server, { user = account.server_user, password = password,
        database = login.database })
end

mysql_listen('/run/myproxy/socket', handlers)
