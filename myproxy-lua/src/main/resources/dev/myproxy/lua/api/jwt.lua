---@meta

--- JSON Web Tokens
---
--- Tokens signed with Ed25519 (`EdDSA`, RFC 8037).

--- Options of `jwt.verify`.
---@class JwtVerifyOptions
---@field leeway? number how many seconds the clocks may differ for `exp` and `nbf`; 0 by default

--- JSON Web Tokens.
---@class jwt
jwt = {}

--- Signs a token. `alg` and `typ` of the header are set to `EdDSA` and `JWT`; the tables are not changed.
---@param sk string the secret key, 64 bytes, as `sodium.crypto_sign_keypair` gives it
---@param header table names and values, written as `json.dump` does
---@param payload table the claims: names and values, written as `json.dump` does
---@return string token
function jwt.sign(sk, header, payload) end

--- Verifies a token: its form, that it is signed with `EdDSA`, the signature, and that the time is neither at or after `exp`
--- nor before `nbf`, if the token has these claims. Other claims are for the script to look at. Tokens with critical
--- header parameters (`crit`) are refused.
---@param token string of at most 16384 bytes
---@param pk string the public key, 32 bytes
---@param options? JwtVerifyOptions
---@return table|nil payload the claims; nil if the token is not good
---@return table|string header the header; what is wrong with the token if it is not good
function jwt.verify(token, pk, options) end
