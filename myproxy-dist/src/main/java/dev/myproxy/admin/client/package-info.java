/**
 * The commands that ask a running daemon: its HTTP status over a Unix socket, shown as tables.
 *
 * <p>These are processes that live for a moment, so nothing here loads Vert.x or Netty. May use nothing of ours.
 */
@NullMarked
package dev.myproxy.admin.client;

import org.jspecify.annotations.NullMarked;
