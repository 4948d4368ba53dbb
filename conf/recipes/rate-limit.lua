-- Each account may log in so many times a minute, and have so many sessions at once.
--
-- When to use it: one customer's runaway script must not take the connections of all others. Add the two functions
-- `admit` and `leave` to any other policy.
--
-- Adapt: the limits; accounts with limits of their own.
-- Needs: nothing. The counts are this proxy's own: they begin anew when it restarts, and proxies don't share them.

local server = mysql_resolve('10.0.0.1:3306')

-- `burst` logins at once, and then `rate` for each second; `sessions` at the same time.
local default_limits = { rate = 1, burst = 20, sessions = 50 }
local limits = {
    backup = { rate = 0.1, burst = 2, sessions = 2 },
}

-- Tokens per account: a login takes one, time brings new ones. Who was not seen for an hour has a full bucket anyway.
local buckets = cache:new{ size = 100000, ttl = 3600, name = 'rate-limit' }
local sessions = {}

-- Whether an account may log in now; nil, or why not.
local function admit(client, account)
    local limit = limits[account] or default_limits
    local now = clock.monotonic()
    local bucket = buckets:get(account) or { tokens = limit.burst, at = now }
    bucket.tokens = math.min(limit.burst, bucket.tokens + (now - bucket.at) * limit.rate)
    bucket.at = now
    buckets:set(account, bucket)

    if bucket.tokens < 1 then
        return 'Too many logins; try again in ' .. math.ceil((1 - bucket.tokens) / limit.rate) .. ' seconds'
    end
    local running = sessions[account] or 0
    if running >= limit.sessions then
        return 'Too many connections: ' .. account .. ' has ' .. running .. ' already'
    end
    bucket.tokens = bucket.tokens - 1
    sessions[account] = running + 1
    client.notes.admitted = account
end

-- Gives back what admit took; harmless if that was nothing.
local function leave(client)
    local account = client.notes.admitted
    if account then
        client.notes.admitted = nil
        local left = sessions[account] - 1
        sessions[account] = left > 0 and left or nil
    end
end

local handlers = {}

function handlers.on_handshake_response(client, login)
    leave(client) -- a session that changes its user begins anew
    local refusal = admit(client, login.user)
    if refusal then
        log.warn('refused', { user = login.user, reason = refusal })
        return client:err(refusal, 1226, '42000') -- what servers say about max_user_connections
    end
    client.account = login.user
    return client:connect(server, login)
end

function handlers.on_disconnect(client)
    leave(client)
end

mysql_listen('/run/myproxy/socket', handlers)
