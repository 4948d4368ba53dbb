-- What the test scripts check with.

function equal(got, expected, what)
    if got ~= expected then
        error((what or 'value') .. ': got ' .. tostring(got) .. ', expected ' .. tostring(expected), 2)
    end
end

-- The call must raise an error that contains the text.
function raises(text, f, ...)
    local ok, message = pcall(f, ...)
    if ok then
        error('no error; expected ' .. text, 2)
    end
    if type(message) ~= 'string' or not message:find(text, 1, true) then
        error('got the error ' .. tostring(message) .. '; expected ' .. text, 2)
    end
    return message
end

-- The call, in a function of a test script, must raise exactly this text after a position.
function raises_at(text, f)
    local message = raises(text, f)
    local rest = message:match('^src/test/resources/lua/[%w_]+%.lua:%d+: (.*)$')
    if rest ~= text then
        error('got the error ' .. message .. '; expected a position and ' .. text, 2)
    end
end

function no_login(client, login)
    return client:err('not tested')
end
