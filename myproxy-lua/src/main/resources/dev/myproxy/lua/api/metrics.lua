---@meta

--- Metrics
---
--- What a script counts and measures, for Prometheus to read. Making a metric of a name again gives the same one, if
--- everything else is the same too; else it raises an error. Values of labels are strings, numbers or booleans; a metric
--- has at most 1,000 combinations of them, all further ones are counted with the value `other`.

--- A number that only goes up.
---@class myproxy.counter
local counter = {}

--- Adds to it.
---@param n? number not negative; 1 by default
---@param labels? table<string, string|number|boolean> a value for each label
function counter:inc(n, labels) end

--- A number that goes up and down.
---@class myproxy.gauge
local gauge = {}

--- Sets it.
---@param value number
---@param labels? table<string, string|number|boolean> a value for each label
function gauge:set(value, labels) end

--- Adds to it.
---@param n? number 1 by default
---@param labels? table<string, string|number|boolean> a value for each label
function gauge:inc(n, labels) end

--- Takes away from it.
---@param n? number 1 by default
---@param labels? table<string, string|number|boolean> a value for each label
function gauge:dec(n, labels) end

--- How often numbers up to certain bounds were seen, such as durations.
---@class myproxy.histogram
local histogram = {}

--- Counts a number.
---@param value number not negative
---@param labels? table<string, string|number|boolean> a value for each label
function histogram:observe(value, labels) end

--- Everything about metrics.
---@class metrics
metrics = {}

--- Makes a counter.
---@param name string its name, with or without `_total` at the end
---@param help string what it counts
---@param labels? string[] names of labels
---@return myproxy.counter
function metrics.counter(name, help, labels) end

--- Makes a gauge.
---@param name string its name
---@param help string what it shows
---@param labels? string[] names of labels
---@return myproxy.gauge
function metrics.gauge(name, help, labels) end

--- Makes a histogram.
---@param name string its name, with the unit: `login_seconds`
---@param help string what it measures
---@param labels? string[] names of labels
---@param buckets? number[] the bounds, rising, above 0; 0.001 to 10 by default, good for seconds
---@return myproxy.histogram
function metrics.histogram(name, help, labels, buckets) end

--- Shows all metrics of the daemon and of the script by HTTP, at the path `/metrics`, and at `/ready` whether it accepts
--- clients. May be called several times.
---@loading
---@param address string|SocketAddress|systemd `*`, an IP address, either with `:PORT`, `/path` or `@name`; the port is 9100 if none is given. Or sockets that the daemon was started with
function prometheus_listen(address) end
