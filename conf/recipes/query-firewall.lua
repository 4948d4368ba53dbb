-- Statements that do damage by mistake, or that nobody needs, are refused; the session goes on.
--
-- When to use it: against accidents (DELETE without WHERE, DROP DATABASE from a console), and to stop a known harmful statement
-- until the software that sends it is mended.
--
-- Adapt: the rules. Each is tried on every statement, in upper case, without comments, with ? for texts and quoted names,
-- and with one blank for any white space.
-- Needs: grants all the same. This is no border against somebody who wants to get round it: a statement may come out of a
-- procedure or PREPARE … FROM a variable, which the proxy never sees. The parts of statements that are sent together
-- are looked at one by one. Statements longer than max_query_bytes are refused unseen.

local server = mysql_resolve('10.0.0.1:3306')

local administrators = { maintenance = true }

local rules = {
    { '^DROP DATABASE ', 'DROP DATABASE is for administrators' },
    { '^DROP SCHEMA ', 'DROP SCHEMA is for administrators' },
    { '^GRANT ', 'GRANT is for administrators' },
    { '^SET GLOBAL ', 'Global variables are for administrators' },
    { '^SET @@GLOBAL', 'Global variables are for administrators' },
    { '^LOAD DATA ', 'LOAD DATA is switched off here' },
    { ' INTO OUTFILE ', 'INTO OUTFILE is switched off here' },
    { ' INTO DUMPFILE ', 'INTO DUMPFILE is switched off here' },
    { '^DELETE FROM [^ ]+$', 'DELETE needs a WHERE; to empty a table use TRUNCATE' },
    { '^UPDATE ', 'UPDATE needs a WHERE', unless = ' WHERE ' },
}

-- The end of a text in quotes that begins at a position.
local function end_of_quoted(sql, from, quote)
    local at = from + 1
    while at <= #sql do
        local character = sql:sub(at, at)
        if character == '\\' and quote ~= '`' then
            at = at + 1
        elseif character == quote then
            if sql:sub(at + 1, at + 1) ~= quote then
                return at
            end
            at = at + 1
        end
        at = at + 1
    end
    return #sql
end

-- What a server would take from a comment: nothing, but for /*! … */ and /*M! … */, which it executes.
local function comment(sql, from)
    local last = select(2, sql:find('*/', from + 2, true)) or #sql
    local code = sql:sub(from, last):match('^/%*M?!%d*(.-)%*?/?$')
    return last, code and ' ' .. code .. ' ' or ' '
end

-- A statement without what could hide or fake a rule's words.
local function skeleton(sql)
    local parts, at = {}, 1
    while at <= #sql do
        local from = sql:find('[\'"`#/-]', at)
        if not from then
            break
        end
        parts[#parts + 1] = sql:sub(at, from - 1)
        local two = sql:sub(from, from + 1)
        local first = two:sub(1, 1)
        if first == "'" or first == '"' or first == '`' then
            at = end_of_quoted(sql, from, first) + 1
            parts[#parts + 1] = '?'
        elseif two == '/*' then
            local last, code = comment(sql, from)
            at = last + 1
            parts[#parts + 1] = code
        elseif first == '#' or two == '--' and sql:find('^%s', from + 2) then
            at = (sql:find('\n', from, true) or #sql) + 1
            parts[#parts + 1] = ' '
        else
            at = from + 1
            parts[#parts + 1] = first
        end
    end
    parts[#parts + 1] = sql:sub(at)
    return (table.concat(parts):upper():gsub('%s+', ' '))
end

local function objection(statement)
    for _, rule in ipairs(rules) do
        if statement:find(rule[1]) and not (rule.unless and statement:find(rule.unless, 1, true)) then
            return rule[2]
        end
    end
end

local handlers = {}

function handlers.on_handshake_response(client, login)
    client.account = login.user ~= '' and login.user or nil
    return client:connect(server, login)
end

function handlers.on_query(client, sql)
    if administrators[client.account] then
        return
    end
    for statement in skeleton(sql):gmatch('[^;]+') do
        local message = objection(statement:match('^ *(.-) *$'))
        if message then
            log.warn('statement refused', { reason = message })
            return client:err(message)
        end
    end
end

mysql_listen('/run/myproxy/socket', handlers, { max_query_bytes = 16 * 1024 * 1024 })
