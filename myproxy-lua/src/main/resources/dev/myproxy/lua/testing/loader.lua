-- Compiles a test file, so that Java can run it in a coroutine.

local source, name, keep = ...
local chunk, message = loadstring(source:gsub('^#[^\n]*', '', 1), name)
if not chunk then
    error(message, 0)
end
keep(chunk)
