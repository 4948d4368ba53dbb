/**
 * A login to a server, from the connection to its OK: what sessions and health checks share.
 *
 * <p>{@link dev.myproxy.backend.BackendLogin} is the handler in the backend's pipeline meanwhile, or
 * {@link dev.myproxy.backend.BackendChangeUser} where a session that is logged in becomes another user's;
 * {@link dev.myproxy.backend.AuthDialogue} is what both do. May use {@code auth},
 * {@code protocol} and {@code proxyheader}, and {@code transport} for the texts of errors.
 */
@NullMarked
package dev.myproxy.backend;

import org.jspecify.annotations.NullMarked;
