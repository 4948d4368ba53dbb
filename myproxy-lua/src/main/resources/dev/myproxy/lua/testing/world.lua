-- os.time, os.date and os.getenv of a policy that is tested: the test's clock and environment.

local now, getenv = ...
local floor, time, date, select = math.floor, os.time, os.date, select

function os.time(...)
    if select('#', ...) > 0 and ... ~= nil then
        return time(...)
    end
    return floor(now())
end

function os.date(format, at)
    return date(format or '%c', at or floor(now()))
end

os.getenv = getenv
