/**
 * The HTTP status of the daemon: sessions, nodes, listeners and the script as JSON, and a page that shows them to people.
 *
 * <p>A request comes as an {@link dev.myproxy.admin.AdminRequest}. {@code Access} decides whether its sender may ask that,
 * {@code Routes} finds the {@code Resource} that answers, and {@link dev.myproxy.admin.AdminSite} stands between these and
 * the HTTP server. Documents are written on worker threads, so that long lists don't hold up clients. Ending a session and
 * loading the configuration again are all that changes anything. No password and no text of a query comes here at all.
 *
 * <p>May use core and {@code cluster}.
 */
@NullMarked
package dev.myproxy.admin;

import org.jspecify.annotations.NullMarked;
