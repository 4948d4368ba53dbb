/**
 * The library {@code jwt}: JSON Web Tokens (RFC 7519) in compact form, signed with Ed25519 (RFC 8037). May use
 * {@code dev.myproxy.lua}, the libraries {@code json} and {@code sodium}, and core.
 */
@NullMarked
package dev.myproxy.lua.lib.jwt;

import org.jspecify.annotations.NullMarked;
