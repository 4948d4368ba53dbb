-- Runs a configuration, so that every message about it says where: what was raised without a position gets that of the
-- innermost line of a file.

local source, name = ...
local type, getinfo, sub, find = type, debug.getinfo, string.sub, string.find

local function position()
    local level = 3
    local info = getinfo(level, 'Sl')
    while info do
        if sub(info.source, 1, 1) == '@' and info.currentline > 0 then
            return sub(info.source, 2) .. ':' .. info.currentline .. ': '
        end
        level = level + 1
        info = getinfo(level, 'Sl')
    end
    return ''
end

local chunk, message = loadstring(source:gsub('^#[^\n]*', '', 1), name)
if not chunk then
    error(message, 0)
end
local ok, failure = xpcall(chunk, function(e)
    if type(e) == 'string' and not find(e, '^[^\n]-:%d+: ') then
        return position() .. e
    end
    return e
end)
if not ok then
    error(failure, 0)
end
