---@meta

--- PostgreSQL
---
--- Asks a PostgreSQL database, and listens to its notifications. Waiting for it never keeps other handlers waiting.

--- Options of `pg:new`.
---@class PgOptions
---@field pool? integer how many connections queries are spread over, 1 to 100; 1 by default. With more than one, queries run side by side and in no certain order, and another connection is opened for notifications
---@field name? string what the database is called in metrics and the log; host, port and database by default
---@field max_result_bytes? integer how large the rows of one result may be, up to 1 GiB; 16 MiB by default. A larger one is an error
---@field max_waiting? integer how many queries may wait for a connection, up to 1,000,000; 10,000 by default. One more is an error

--- A database. It connects when it is first used, and again whenever the connection is lost.
---@class pg.connection
local connection = {}

--- What a query gave.
---@class pg.result
---@field ntuples integer How many rows there are.
---@field cmd_tuples? integer How many rows the command selected, inserted, changed or deleted; nil if it was none of these commands.
---@field columns string[] The names of the columns.
local result = {}

--- PostgreSQL databases and arrays.
---@class pg
pg = {}

--- Makes a database object. It does not connect yet.
---@param conninfo string a connection string of libpq, `host=… dbname=…` or `postgresql://…`
---@param schema? string the schema that names are looked up in; set whenever a connection is made
---@param options? PgOptions
---@return pg.connection
function pg:new(conninfo, schema, options) end

--- Executes SQL and waits for the result. Without parameters there may be several statements, of which the last gives the
--- result. With parameters there is one statement, in which `$1`, `$2` … stand for them: strings, numbers, booleans, tables
--- (arrays) and nil (NULL).
---@param sql string UTF-8 without NUL
---@param params? table the parameters; its field `n`, if it has one, says how many there are
---@return pg.result|nil result nil if something went wrong
---@return string|nil message what went wrong
---@return string|nil sqlstate the server's five characters, if it was the server that refused
function connection:execute(sql, params) end

--- Calls a function for each notification of a channel, in a coroutine of its own and one at a time. It is called with nil
--- when notifications may have been missed.
---@param name string the channel, exactly as in `NOTIFY "name"`; 1 to 63 bytes
---@param callback fun(payload: string|nil)
function connection:listen(name, callback) end

--- Closes the connections. What waits or runs fails, and so does whatever is asked of the object later.
function connection:close() end

--- Gives the next row, as strings in PostgreSQL's own format; NULL is nil.
---@param table? table filled and returned; a new one by default
---@param mode? "a"|"n" `a`, the default, for the columns' names as keys, `n` for 1, 2 …
---@return table<string|integer, string>|nil row nothing when there are no more rows
function result:fetch(table, mode) end

--- Gives an iterator over the rows that were not fetched yet, each a new table.
---@param mode? "a"|"n" as in `fetch`
---@return fun(): table<string|integer, string>|nil
function result:rows(mode) end

--- Gives the text of an array, with every element quoted.
---@param elements (string|number)[]
---@return string
function pg:encode_array(elements) end

--- Takes the text of an array of one dimension apart. NULL elements become the string `NULL`.
---@param text string such as `{a,"b c"}`; an empty one stands for an empty array
---@return string[]
function pg:decode_array(text) end
