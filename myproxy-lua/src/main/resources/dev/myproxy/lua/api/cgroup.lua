---@meta

--- Control groups
---
--- Which control group (cgroup) the process of a client is in, and what its administrator wrote on that group.

--- A control group of the unified hierarchy (cgroups version 2). `tostring` gives its path. Once the client has left, every
--- use raises `Stale object`.
---@class cgroup_info
---@field path string its place in the hierarchy, such as `/user.slice/user-1000.slice`; `/` is the root
---@field parent cgroup_info|nil the group that it is in; nil for the root
---@field xattr cgroup_xattr its extended attributes
local cgroup_info = {}

--- The extended attributes of a control group. Reading one waits for the kernel's answer. `user.` is put before names without
--- a dot. An attribute that does not exist or may not be read is nil; a group that does not exist any more raises
--- `Failed to open "…": …`.
---@class cgroup_xattr
---@field [string] string|nil the value, any bytes
local cgroup_xattr = {}
