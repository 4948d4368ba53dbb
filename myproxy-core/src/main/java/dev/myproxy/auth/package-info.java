/**
 * Authentication plugins of the MySQL protocol, one class per plugin, toward servers and toward clients, and the types
 * that hold secrets.
 *
 * <p>Plugins are pure state machines: salt and packets in, packets out. May use {@code protocol}.
 */
@NullMarked
package dev.myproxy.auth;

import org.jspecify.annotations.NullMarked;
