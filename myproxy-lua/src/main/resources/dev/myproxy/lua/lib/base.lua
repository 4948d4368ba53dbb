-- print and os.exit in terms of what Java offers.

local write, exit = ...
local _G, select, type, error, concat = _G, select, type, error, table.concat

function print(...)
    local tostring = _G.tostring -- scripts may replace it
    local texts = {}
    for i = 1, select('#', ...) do
        local text = tostring((select(i, ...)))
        local kind = type(text)
        if kind ~= 'string' and kind ~= 'number' then
            error("'tostring' must return a string to 'print'", 2)
        end
        texts[i] = text
    end
    write(concat(texts, '\t'))
end

os.exit = exit
