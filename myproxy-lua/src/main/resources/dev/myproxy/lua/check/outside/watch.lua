-- Tells note(path) which files the script loads; note returns whether there is such a file.
local note = ...
local dofile_, loadfile_ = dofile, loadfile
local type, package, loaders = type, package, package.loaders

function dofile(name, ...)
    if type(name) == 'string' then
        note(name)
    end
    return dofile_(name, ...)
end

function loadfile(name, ...)
    if type(name) == 'string' then
        note(name)
    end
    return loadfile_(name, ...)
end

-- The second loader of package.loaders finds Lua files along package.path.
local search = loaders[2]
loaders[2] = function(name, ...)
    if type(name) == 'string' and type(package.path) == 'string' then
        local part = name:gsub('%.', '/'):gsub('%%', '%%%%')
        for template in package.path:gmatch('[^;]+') do
            if note((template:gsub('%?', part))) then
                break
            end
        end
    end
    return search(name, ...)
end
