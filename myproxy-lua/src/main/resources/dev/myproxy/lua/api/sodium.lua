---@meta

--- Cryptography
---
--- Functions of libsodium under their own names, and what goes with them. Keys, messages and digests are strings of bytes.
--- The library is loaded when a function is first called, which takes some tenths of a second.

--- Functions of libsodium.
---@class sodium
sodium = {}

--- Bytes as hexadecimal digits, in lower case.
---@param bytes string
---@return string hex
function sodium.bin2hex(bytes) end

--- Hexadecimal digits, in lower or upper case, as bytes.
---@param hex string
---@return string|nil bytes nothing if the number of digits is odd or there is anything else among them
function sodium.hex2bin(hex) end

--- Unpredictable bytes.
---@param size integer 1 to 1048576
---@return string bytes
function sodium.randombytes(size) end

--- A new pair of keys for boxes.
---@return string pk the public key, 32 bytes
---@return string sk the secret key, 32 bytes
function sodium.crypto_box_keypair() end

--- Seals a message so that only the owner of the secret key can open it.
---@param message string
---@param pk string the public key, 32 bytes
---@return string box 48 bytes longer than the message
function sodium.crypto_box_seal(message, pk) end

--- Opens what was sealed by `sodium.crypto_box_seal`.
---@param box string at least 48 bytes
---@param pk string the public key, 32 bytes
---@param sk string the secret key, 32 bytes
---@return string|nil message nothing if it can't be opened
function sodium.crypto_box_seal_open(box, pk, sk) end

--- The public key that belongs to a secret key for boxes.
---@param sk string 32 bytes
---@return string pk 32 bytes
function sodium.crypto_scalarmult_base(sk) end

--- A new pair of keys for signatures.
---@return string pk the public key, 32 bytes
---@return string sk the secret key, 64 bytes: the seed, then the public key
function sodium.crypto_sign_keypair() end

--- Signs a message (Ed25519).
---@param message string
---@param sk string the secret key, 64 bytes
---@return string signature 64 bytes
function sodium.crypto_sign_detached(message, sk) end

--- Verifies a signature.
---@param signature string
---@param message string
---@param pk string the public key, 32 bytes
---@return boolean|nil good nothing if the signature has not 64 bytes
function sodium.crypto_sign_verify_detached(signature, message, pk) end

--- Hashes a password for keeping (Argon2id, 2 passes over 64 MiB). Waits while a thread of its own computes.
---@param password string
---@return string|nil hash a text such as `$argon2id$v=19$m=65536,t=2,p=1$…`; nil if too many wait for theirs, or memory is short
---@return string|nil message what went wrong
function sodium.crypto_pwhash_str(password) end

--- Compares a password with a hash that `sodium.crypto_pwhash_str` or another program made (Argon2id or Argon2i). Waits while a
--- thread of its own computes, for as long and with as much memory as the hash says.
---@param hash string
---@param password string
---@return boolean|nil good nil if too many wait for theirs
---@return string|nil message what went wrong
function sodium.crypto_pwhash_str_verify(hash, password) end

--- Compares two strings in a time that does not tell where they differ.
---@param a string
---@param b string
---@return boolean equal
function sodium.memcmp(a, b) end

--- SHA-1, as `mysql_native_password` and the `password_sha1` of `client:connect` need it.
---@param bytes string
---@return string digest 20 bytes
function sodium.sha1(bytes) end

--- SHA-256.
---@param bytes string
---@return string digest 32 bytes
function sodium.sha256(bytes) end
