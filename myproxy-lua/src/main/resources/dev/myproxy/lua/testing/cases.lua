-- The cases of a test file, and what runs before each of them.

local test, native = ...
local type, error, ipairs, tostring, select, getinfo, concat = type, error, ipairs, tostring, select, debug.getinfo,
    table.concat
local fail = native.fail

local before, names = {}, {}

function test.case(name, body)
    if native.case then
        fail('test.case can\'t be called within a case')
    end
    if type(name) ~= 'string' or type(body) ~= 'function' then
        fail('test.case wants a name and a function')
    end
    if names[name] then
        fail('there is a case of this name already, in line ' .. names[name] .. ': ' .. name)
    end
    local line = getinfo(2, 'l').currentline
    names[name] = line
    native.register(name, line, function()
        native.case = name
        native.refresh()
        for _, prepare in ipairs(before) do
            prepare()
        end
        body()
    end)
end

function test.before(body)
    if type(body) ~= 'function' then
        fail('test.before wants a function')
    end
    before[#before + 1] = body
end

function test.skip(reason)
    native.skip(tostring(reason or ''))
    error('skipped', 0)
end

function test.together(...)
    local ok, message = native.together(...)
    if not ok then
        error(message, 0)
    end
end

function print(...)
    local texts = {}
    for i = 1, select('#', ...) do
        texts[i] = tostring((select(i, ...)))
    end
    native.print(concat(texts, '\t'))
end

function os.exit()
    fail('a test can\'t call os.exit')
end
