-- Policies and their clients, as tests see them.

local test, native = ...
local type, pairs, rawget, setmetatable, tostring = type, pairs, rawget, setmetatable, tostring
local fail, display = native.fail, test.display

local parts = setmetatable({}, { __mode = 'k' }) -- what Java knows of a policy or a client
local lasting = {} -- policies that the file loaded outside its cases

local function check_keys(what, given, known)
    if type(given) ~= 'table' then
        fail(what .. ' must be a table, got ' .. type(given))
    end
    for key in pairs(given) do
        if not known[key] then
            fail('unknown key ' .. display(key) .. ' in ' .. what .. native.nearest(tostring(key), known))
        end
    end
end

-- Raises the second value if the first is nil.
local function expect(value, message)
    if value == nil then
        fail(message)
    end
    return value
end

local Client = {}

function Client.__index(self, key)
    if Client[key] then
        return Client[key]
    end
    local part = parts[self]
    if key == 'account' or key == 'database' or key == 'server_version' or key == 'phase' then
        return part.handle:fact(key)
    end
    fail('a client has no ' .. display(key))
end

function Client.__newindex(_, key)
    fail('a client\'s ' .. display(key) .. ' can\'t be set: give facts to policy:client{ … }')
end

local function ask(client, event, ...)
    local part = parts[client]
    local decision, message = part.handle:ask(event, ...)
    if decision == nil then
        fail(message)
    end
    return decision
end

function Client:connect()
    return ask(self, 'on_connect')
end

local LOGIN = { user = true, password = true, database = true }

function Client:login(login)
    check_keys('the login', login, LOGIN)
    if self.phase == 'accepted' then
        local decision = ask(self, 'on_connect')
        if decision.action ~= 'proceed' then
            return decision
        end
    end
    return ask(self, 'on_handshake_response', login.user or '', login.password or '', login.database)
end

function Client:command_phase()
    return ask(self, 'on_command_phase')
end

function Client:init_db(database)
    if type(database) ~= 'string' then
        fail('the name of a database is expected, got ' .. type(database))
    end
    return ask(self, 'on_init_db', database)
end

function Client:query(sql)
    if type(sql) ~= 'string' then
        fail('a statement is expected, got ' .. type(sql))
    end
    return ask(self, 'on_query', sql)
end

function Client:disconnect(cause, session)
    expect(parts[self].handle:disconnect(cause or 'client_quit', session or {}))
end

local Policy = {}

local RECORDS = { log = true, printed = true, errors = true, listeners = true }

function Policy.__index(self, key)
    if Policy[key] then
        return Policy[key]
    end
    local part = parts[self]
    if key == 'db' then
        part.used = true
        return part.outside.db
    end
    if key == 'clock' then
        return part.clock
    end
    if key == 'sent' then
        return part.outside.sent
    end
    if RECORDS[key] then
        return part.handle:records(key)
    end
    fail('a policy has no ' .. display(key))
end

local function handle_of(policy)
    local part = parts[policy]
    part.used = true
    return part.handle
end

local FACTS = {
    listener = true, address = true, proxy_address = true, local_address = true, pid = true, uid = true, gid = true,
    account = true, cgroup = true, xattr = true, tls = true,
}

function Policy:client(facts)
    check_keys('the facts of a client', facts or {}, FACTS)
    local client = setmetatable({}, Client)
    parts[client] = { handle = expect(handle_of(self):client(facts or {})) }
    return client
end

function Policy:reload()
    expect(handle_of(self):reload())
end

function Policy:metric(name, labels)
    return handle_of(self):metric(name, labels or {})
end

function Policy:notify(channel, payload)
    if type(channel) ~= 'string' or payload ~= nil and type(payload) ~= 'string' then
        fail('policy:notify wants the name of a channel, and a payload or nothing')
    end
    expect(handle_of(self):notify(channel, payload))
end

function Policy:node(address, state, reason)
    if type(address) ~= 'string' or type(state) ~= 'string' or reason ~= nil and type(reason) ~= 'string' then
        fail('policy:node wants an address, a state, and a reason or nothing')
    end
    expect(handle_of(self):node(address, state, reason or state))
end

-- answer: a function that gets what is sent and may return a reply; or false, and why nobody is there
function Policy:peer(address, answer, message)
    if type(address) ~= 'string' or answer ~= false and type(answer) ~= 'function' then
        fail('policy:peer wants an address, and a function or false')
    end
    parts[self].used = true
    parts[self].outside.peers[address] = { answer = answer, message = message or 'Connection refused' }
end

function Policy:resolve(name, address, message)
    parts[self].used = true
    parts[self].outside.knows(name, address, message)
end

local function start(policy)
    local part = parts[policy]
    local options = part.options
    part.outside = native.outside()
    part.handle = expect(native.open(part.path, options.env or {}, part.outside.execute, part.outside.resolve,
        part.outside.network))
    if options.prepare then
        options.prepare(policy)
    end
    expect(part.handle:load())
    part.used = false
end

local OPTIONS = { env = true, prepare = true }

function test.load(path, options)
    if type(path) ~= 'string' then
        fail('the path of a configuration is expected, got ' .. type(path))
    end
    check_keys('the options', options or {}, OPTIONS)
    local policy = setmetatable({}, Policy)
    local clock = {}
    function clock.now()
        return parts[policy].handle:now()
    end
    function clock.advance(_, seconds)
        expect(handle_of(policy):advance(seconds))
    end
    parts[policy] = { path = path, options = options or {}, clock = clock }
    start(policy)
    if not native.case then
        lasting[#lasting + 1] = policy
    end
    return policy
end

-- Gives each case policies that nobody has used.
function native.refresh()
    for _, policy in pairs(lasting) do
        local part = parts[policy]
        if part.used or part.handle:is_closed() then
            part.handle:close()
            start(policy)
        end
    end
end
