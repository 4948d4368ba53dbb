-- What a test says about values. Each assertion that does not hold raises what it found, with the line of the test.

local test, native = ...
local type, pairs, ipairs, tostring, rawequal, error, pcall = type, pairs, ipairs, tostring, rawequal, error, pcall
local getinfo, find, sub, format, gsub, byte = debug.getinfo, string.find, string.sub, string.format, string.gsub,
    string.byte
local concat, sort = table.concat, table.sort

-- The innermost line of a file, "FILE:LINE: ".
local function position()
    local level = 3
    local info = getinfo(level, 'Sl')
    while info do
        if sub(info.source, 1, 1) == '@' and info.currentline > 0 then
            return info.short_src .. ':' .. info.currentline .. ': '
        end
        level = level + 1
        info = getinfo(level, 'Sl')
    end
    return ''
end

local function fail(message)
    error(position() .. message, 0)
end

local function quote(text)
    return '"' .. gsub(gsub(text, '[\\"]', '\\%0'), '%c', function(character)
        return character == '\n' and '\\n' or character == '\t' and '\\t' or format('\\%03d', byte(character))
    end) .. '"'
end

local ORDER = { number = 1, string = 2, boolean = 3 }

-- The keys of a table: numbers, strings, the rest.
local function keys_of(value)
    local keys = {}
    for key in pairs(value) do
        keys[#keys + 1] = key
    end
    sort(keys, function(a, b)
        local kind_a, kind_b = type(a), type(b)
        if kind_a ~= kind_b then
            return (ORDER[kind_a] or 4) < (ORDER[kind_b] or 4)
        end
        if kind_a == 'number' or kind_a == 'string' then
            return a < b
        end
        return tostring(a) < tostring(b)
    end)
    return keys
end

local function is_name(key)
    return type(key) == 'string' and find(key, '^[%a_][%w_]*$') ~= nil
end

local function show(value, depth, inside)
    if type(value) == 'string' then
        return quote(value)
    end
    if type(value) ~= 'table' then
        return tostring(value)
    end
    if inside[value] then
        return '(itself)'
    end
    if depth == 0 then
        return '{…}'
    end
    inside[value] = true
    local parts, next_index = {}, 1
    for _, key in ipairs(keys_of(value)) do
        local text = show(value[key], depth - 1, inside)
        if key == next_index then
            next_index = next_index + 1
        elseif is_name(key) then
            text = key .. ' = ' .. text
        else
            text = '[' .. show(key, 1, inside) .. '] = ' .. text
        end
        parts[#parts + 1] = text
    end
    inside[value] = nil
    return #parts == 0 and '{}' or '{ ' .. concat(parts, ', ') .. ' }'
end

-- A value as a line of Lua.
local function display(value)
    return show(value, 6, {})
end

local function step(path, key)
    return path .. (is_name(key) and '.' .. key or '[' .. display(key) .. ']')
end

-- Adds to `found` where two values differ. With `some` the actual tables may have more than the expected ones.
local function compare(actual, expected, path, some, found, seen)
    if rawequal(actual, expected) or actual ~= actual and expected ~= expected then
        return
    end
    if type(actual) ~= 'table' or type(expected) ~= 'table' then
        if actual ~= expected then
            found[#found + 1] = { path, actual, expected }
        end
        return
    end
    if seen[actual] == expected then
        return
    end
    seen[actual] = expected
    for _, key in ipairs(keys_of(expected)) do
        compare(actual[key], expected[key], step(path, key), some, found, seen)
    end
    if not some then
        for _, key in ipairs(keys_of(actual)) do
            if expected[key] == nil then
                found[#found + 1] = { step(path, key), actual[key], nil }
            end
        end
    end
end

local MOST_DIFFERENCES = 8

local function report(found, message)
    local lines = {}
    if message ~= nil then
        lines[1] = tostring(message)
    end
    if #found == 1 and found[1][1] == '' then
        lines[#lines + 1] = 'expected ' .. display(found[1][3]) .. ', got ' .. display(found[1][2])
    else
        lines[#lines + 1] = #found == 1 and '1 difference' or #found .. ' differences'
        for i = 1, math.min(#found, MOST_DIFFERENCES) do
            local path, actual, expected = found[i][1], found[i][2], found[i][3]
            lines[#lines + 1] = '  ' .. path .. ': expected ' .. display(expected) .. ', got ' .. display(actual)
        end
        if #found > MOST_DIFFERENCES then
            lines[#lines + 1] = '  …'
        end
    end
    return concat(lines, '\n')
end

function test.equal(actual, expected, message)
    local found = {}
    compare(actual, expected, '', false, found, {})
    if #found > 0 then
        fail(report(found, message))
    end
end

function test.includes(actual, expected, message)
    if type(expected) ~= 'table' then
        fail('test.includes wants a table as its second argument, got ' .. type(expected))
    end
    local found = {}
    compare(actual, expected, '', true, found, {})
    if #found > 0 then
        fail(report(found, message))
    end
end

local function because(message)
    return message == nil and '' or tostring(message) .. ': '
end

function test.differs(actual, other, message)
    local found = {}
    compare(actual, other, '', false, found, {})
    if #found == 0 then
        fail(because(message) .. 'did not expect ' .. display(actual))
    end
end

function test.is_true(value, message)
    if value ~= true then
        fail(because(message) .. 'expected true, got ' .. display(value))
    end
end

function test.is_false(value, message)
    if value ~= false then
        fail(because(message) .. 'expected false, got ' .. display(value))
    end
end

function test.is_nil(value, message)
    if value ~= nil then
        fail(because(message) .. 'expected nil, got ' .. display(value))
    end
end

function test.matches(text, pattern, message)
    if type(text) ~= 'string' or type(pattern) ~= 'string' or not find(text, pattern) then
        fail(because(message) .. 'expected something that matches ' .. display(pattern) .. ', got ' .. display(text))
    end
end

function test.contains(text, part, message)
    if type(text) ~= 'string' or type(part) ~= 'string' or not find(text, part, 1, true) then
        fail(because(message) .. 'expected something that contains ' .. display(part) .. ', got ' .. display(text))
    end
end

function test.raises(pattern, body, ...)
    if type(pattern) ~= 'string' or type(body) ~= 'function' then
        fail('test.raises wants a pattern and a function')
    end
    local ok, message = pcall(body, ...)
    if ok then
        fail('expected an error that matches ' .. display(pattern) .. ', but there was none')
    end
    if type(message) ~= 'string' or not find(message, pattern) then
        fail('expected an error that matches ' .. display(pattern) .. ', got ' .. display(message))
    end
    return message
end

function test.fail(message)
    fail(message == nil and 'failed' or tostring(message))
end

test.display = display
native.fail = fail
