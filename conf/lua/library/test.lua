---@meta

-- What test files can use under `myproxy test`: see docs/testing-policies.md.

--- Tests of policies. Only in test files.
---@class test
---@field directory string the absolute path of the directory of the test file
test = {}

---@class TestOptions
---@field env? table<string, string> the environment variables, of which the configuration sees no others
---@field prepare? fun(policy: test.policy) called before the configuration runs, to say what databases and name servers answer then

---@class TestFacts
---@field listener? string where the client connected, one of `policy.listeners`; by default the first that fits
---@field address? string where it comes from, at a TCP listener
---@field pid? integer the process, at a Unix socket
---@field uid? integer its user
---@field gid? integer its group
---@field cgroup? string the path of its control group
---@field xattr? table<string, string|table<string, string>> the attributes of that group; those of a group further up under its path
---@field account? string the account that it has from the start

---@class TestLogin
---@field user? string
---@field password? string
---@field database? string

--- What a handler decided.
---@class TestDecision
---@field action "proceed"|"err"|"connect"|"init_db"|"query"
---@field message? string of `err`
---@field code? integer of `err`, if the policy gave one
---@field sqlstate? string of `err`, if the policy gave one
---@field target? string of `connect`: the server that the session would try first
---@field user? string of `connect`
---@field password? string of `connect`
---@field password_sha1? string of `connect`
---@field database? string of `connect` and `init_db`
---@field read_only? boolean of `connect`
---@field allow_cleartext? boolean of `connect`
---@field connect_timeout? number of `connect`, if the policy gave one
---@field sql? string of `query`

--- Rows: `{ { name = value } }`, or `{ columns = { name }, { value } }`; `count` is what `cmd_tuples` will say.
---@alias TestRows table

---@class TestQuery
---@field database string the name or the connection string that `pg:new` got
---@field sql string
---@field params? table with the field `n`

--- Loads a policy. Outside of cases it is loaded anew before each case.
---@param path string of the configuration, relative to the test file
---@param options? TestOptions
---@return test.policy
function test.load(path, options) end

--- Registers a case.
---@param name string
---@param body fun()
function test.case(name, body) end

--- Registers what runs before each case.
---@param body fun()
function test.before(body) end

--- Ends a case without a result.
---@param reason? string
function test.skip(reason) end

--- Runs functions beside each other: each begins when those before it have ended or wait.
---@param ... fun()
function test.together(...) end

--- Both are equal; tables, if they have equal contents.
---@param actual any
---@param expected any
---@param message? string
function test.equal(actual, expected, message) end

--- A table has at least what another has.
---@param actual any
---@param expected table
---@param message? string
function test.includes(actual, expected, message) end

--- They are not equal.
---@param actual any
---@param other any
---@param message? string
function test.differs(actual, other, message) end

---@param value any
---@param message? string
function test.is_true(value, message) end

---@param value any
---@param message? string
function test.is_false(value, message) end

---@param value any
---@param message? string
function test.is_nil(value, message) end

--- A text matches a Lua pattern.
---@param text any
---@param pattern string
---@param message? string
function test.matches(text, pattern, message) end

--- A text has another one in it.
---@param text any
---@param part string
---@param message? string
function test.contains(text, part, message) end

--- A function raises an error that matches.
---@param pattern string
---@param body fun(...)
---@param ... any for the function
---@return string message of the error
function test.raises(pattern, body, ...) end

--- Fails.
---@param message? string
function test.fail(message) end

--- A value as a line of text.
---@param value any
---@return string
function test.display(value) end

--- A policy that was loaded.
---@class test.policy
---@field db test.databases
---@field clock test.clock
---@field listeners string[] where the policy listens
---@field printed string[] lines that it printed
---@field errors string[] errors that nobody waited for
---@field log { level: string, line: string }[] what it wrote into the log
---@field sent { address: string, type: string, data: string }[] what it sent through sockets
local policy = {}

--- A client that a listener has accepted.
---@param facts? TestFacts
---@return test.client
function policy:client(facts) end

--- What SIGHUP does; raises the errors of `reload`.
function policy:reload() end

--- Lets the databases notify; raises the errors of the callbacks.
---@param channel string
---@param payload? string nil says that notifications may have been missed
function policy:notify(channel, payload) end

--- Makes a name known to `mysql_resolve`, or unknown.
---@param name string
---@param address? string
---@param message? string why there is no address
function policy:resolve(name, address, message) end

--- Says how a node of the policy's clusters is, from now on; raises the errors of functions given to `cluster:on_change`.
---@param address string one of the nodes
---@param state "dead"|"auth_failed"|"read_only"|"overloaded"|"alive"
---@param reason? string why, as the policy sees it
function policy:node(address, state, reason) end

--- Says who is at the other end of a socket.
---@param address string as the policy's log would show it
---@param answer false|fun(data: string): string? gets what is sent, may return a reply; false for nobody
---@param message? string why nobody is there
function policy:peer(address, answer, message) end

--- The value of a metric as Prometheus sees it.
---@param name string
---@param labels? table<string, string> which it must have, among others
---@return number?
function policy:metric(name, labels) end

--- The databases of a policy.
---@class test.databases
---@field queries TestQuery[] what was executed, in its order
local databases = {}

--- What is answered to SQL that matches, from now on. White space in the SQL is one blank for that.
---@param pattern string a Lua pattern
---@param answer TestRows|fun(sql: string, params: table): TestRows|nil, string?, string?
function databases:answer(pattern, answer) end

--- Makes SQL that matches fail, from now on.
---@param pattern string a Lua pattern
---@param message string
---@param sqlstate? string
function databases:fail(pattern, message, sqlstate) end

--- The time of a policy.
---@class test.clock
local clock = {}

--- Seconds since 1970.
---@return number
function clock.now() end

--- Lets time go by.
---@param seconds number
function clock:advance(seconds) end

--- A client of a policy.
---@class test.client
---@field account? string as the policy set it
---@field database? string that the login or `init_db` ended with
---@field server_version string as the policy set it
---@field phase "accepted"|"greeted"|"logged_in"|"gone"
local client = {}

--- Runs `on_connect`.
---@return TestDecision
function client:connect() end

--- Runs `on_connect`, unless it ran before, and `on_handshake_response`.
---@param login TestLogin
---@return TestDecision
function client:login(login) end

--- Runs `on_command_phase`.
---@return TestDecision
function client:command_phase() end

--- Runs `on_init_db`.
---@param database string
---@return TestDecision
function client:init_db(database) end

--- Runs `on_query`.
---@param sql string
---@return TestDecision
function client:query(sql) end

--- Ends the session, and runs `on_disconnect`.
---@param cause? string by default `client_quit`
---@param session? table<string, number> fields of the session
function client:disconnect(cause, session) end
