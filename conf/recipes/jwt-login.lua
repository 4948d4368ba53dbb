-- The password is a signed token (JWT) that says who the client is and what it may use.
--
-- When to use it: another system, such as a control panel or a vault, knows who may use which tenant's database for how long.
-- It signs a token for an hour, and nobody has to keep a list of passwords.
--
-- Adapt: the claims that are asked for, and what becomes of them.
-- Needs: the signer's public key as 64 hexadecimal digits in the environment variable MYPROXY_JWT_PUBLIC_KEY. Make a pair
-- with libsodium (sodium.crypto_sign_keypair); sign with EdDSA. Clients must send passwords as they are, which the proxy asks for;
-- many clients cut passwords at 79 to 255 bytes in prompts, while configuration files and drivers take longer ones. A
-- session that stands may outlive its token.
--
-- The claims:
--   aud   'myproxy'
--   sub   the tenant; also the user name that the client must send
--   exp   when the token ends, seconds since 1970; at most a day ahead
--   dbs   optional: the databases that may be used; all if it is missing

local server = mysql_resolve('10.0.0.1:3306')
local audience = 'myproxy'
local longest_life = 24 * 3600

local public_key = sodium.hex2bin(env.MYPROXY_JWT_PUBLIC_KEY or '')
if not public_key or #public_key ~= 32 then
    error('MYPROXY_JWT_PUBLIC_KEY must be 64 hexadecimal digits')
end

-- Passwords of tenants at the server.
local passwords = { joe = 'his password there', ann = 'her password there' }

-- The claims of a good token; nil and what is wrong with it.
local function claims_of(login)
    local claims, problem = jwt.verify(login.password, public_key, { leeway = 10 })
    if not claims then
        return nil, problem
    end
    if claims.aud ~= audience then
        return nil, 'token is for somebody else'
    end
    if claims.sub ~= login.user then
        return nil, 'token is for another user'
    end
    if not claims.exp or claims.exp > clock.now() + longest_life then
        return nil, 'token lives too long'
    end
    return claims
end

local function may_use(claims, database)
    if not claims.dbs or not database then
        return true
    end
    for _, name in ipairs(claims.dbs) do
        if name == database then
            return true
        end
    end
    return false
end

local handlers = {}

function handlers.on_handshake_response(client, login)
    local claims, problem = claims_of(login)
    if not claims then
        log.warn('login refused', { user = login.user, reason = problem })
        return client:err('Access denied: ' .. problem)
    end
    if not may_use(claims, login.database) then
        return client:err('The token is not for the database ' .. login.database)
    end
    local password = passwords[claims.sub]
    if not password then
        return client:err('There is no account for ' .. claims.sub)
    end
    client.account = claims.sub
    client.notes.claims = claims
    return client:connect(server, { user = claims.sub, password = password, database = login.database })
end

function handlers.on_init_db(client, database)
    if not may_use(client.notes.claims, database) then
        return client:err('The token is not for the database ' .. database)
    end
    return client:init_db(database)
end

mysql_listen('/run/myproxy/socket', handlers)
