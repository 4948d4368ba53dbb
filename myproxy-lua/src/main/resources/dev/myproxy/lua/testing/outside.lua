-- What stands outside a policy, as a test plays it: what its databases answer, what its name servers know.

local test, native = ...
local type, pairs, ipairs, tostring, error, find, gsub, sort = type, pairs, ipairs, tostring, error,
    string.find, string.gsub, table.sort
local fail, display = native.fail, test.display

-- SQL as answers are looked up by: any white space is one blank.
local function squeeze(sql)
    return (gsub(gsub(sql, '%s+', ' '), '^ ', ''))
end

-- A value as PostgreSQL writes it.
local function text_of(value, column)
    local kind = type(value)
    if kind == 'boolean' then
        return value and 't' or 'f'
    end
    if kind == 'string' or kind == 'number' then
        return tostring(value)
    end
    error('the value of column ' .. display(column) .. ' is a ' .. kind .. '; strings, numbers, booleans and nil can be', 0)
end

local function columns_of(rows)
    local known, columns = {}, {}
    for _, row in ipairs(rows) do
        for name in pairs(row) do
            if type(name) ~= 'string' then
                error('rows that are lists need the names of their columns: { columns = { … }, … }', 0)
            end
            if not known[name] then
                known[name] = true
                columns[#columns + 1] = name
            end
        end
    end
    sort(columns)
    return columns
end

-- What a test gave as an answer, as Java takes it: columns = names, rows = lists of texts.
local function result_of(answer)
    if answer == nil or answer == true then
        answer = {}
    end
    if type(answer) ~= 'table' then
        error('an answer is a list of rows, got ' .. type(answer), 0)
    end
    for key, row in pairs(answer) do
        if type(key) == 'number' and type(row) ~= 'table' then
            error('row ' .. key .. ' of an answer is a ' .. type(row) .. ', not a table', 0)
        elseif type(key) ~= 'number' and key ~= 'columns' and key ~= 'count' then
            error('an answer is a list of rows, { { name = value } }; found the key ' .. display(key), 0)
        end
    end
    local columns, rows = answer.columns or columns_of(answer), {}
    for i, row in ipairs(answer) do
        local texts = {}
        for j, name in ipairs(columns) do
            local value = row[name]
            if value == nil then
                value = row[j]
            end
            if value ~= nil then
                texts[j] = text_of(value, name)
            end
        end
        rows[i] = texts
    end
    return { columns = columns, rows = rows, count = answer.count or #rows }
end

local Databases = {}
Databases.__index = Databases

local function add(db, pattern, answer)
    if type(pattern) ~= 'string' then
        fail('a pattern for the SQL is expected, got ' .. type(pattern))
    end
    find('', pattern) -- raises what is wrong with it
    db.answers[#db.answers + 1] = { pattern = pattern, answer = answer }
end

function Databases:answer(pattern, answer)
    if type(answer) ~= 'function' then
        result_of(answer)
    end
    add(self, pattern, answer)
end

function Databases:fail(pattern, message, sqlstate)
    if type(message) ~= 'string' then
        fail('a message is expected, got ' .. type(message))
    end
    add(self, pattern, function()
        return nil, message, sqlstate
    end)
end

-- Answers one statement; called when the policy executes it.
function Databases:execute(database, sql, params)
    self.queries[#self.queries + 1] = { database = database, sql = sql, params = params }
    local squeezed = squeeze(sql)
    for i = #self.answers, 1, -1 do
        local entry = self.answers[i]
        if find(squeezed, entry.pattern) then
            if type(entry.answer) ~= 'function' then
                return result_of(entry.answer)
            end
            local answer, message, sqlstate = entry.answer(sql, params or {})
            if answer == nil and message ~= nil then
                return { message = tostring(message), sqlstate = sqlstate }
            end
            return result_of(answer)
        end
    end
    error('the test has no answer for this SQL; give one with policy.db:answer(pattern, rows): ' .. squeezed, 0)
end

-- The outside of one policy.
function native.outside()
    local names = { localhost = '127.0.0.1' }
    local outside = { db = setmetatable({ answers = {}, queries = {} }, Databases), sent = {}, peers = {} }

    function outside.knows(name, address, message)
        names[name] = address or { message or 'Name or service not known' }
    end

    function outside.resolve(name)
        local found = names[name]
        if found == nil then
            error('the test knows no address for ' .. display(name)
                .. '; give one with policy:resolve(name, address)', 0)
        end
        if type(found) == 'table' then
            return nil, found[1]
        end
        return found
    end

    function outside.execute(database, sql, params)
        return outside.db:execute(database, sql, params)
    end

    function outside.network(event, address, kind, data)
        local peer = outside.peers[address]
        if peer and not peer.answer then
            return false, peer.message
        end
        if event == 'send' then
            outside.sent[#outside.sent + 1] = { address = address, type = kind, data = data }
            return peer and peer.answer(data)
        end
    end

    return outside
end
