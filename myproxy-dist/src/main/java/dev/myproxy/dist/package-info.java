/**
 * The daemon: command line, start and end, service manager, signals.
 *
 * <p>{@link dev.myproxy.dist.Main} reads the command line and hands over to what it asks for: checks, tests of
 * policies, commands that ask a running daemon ({@code Asking}), and above all {@code Lifecycle}, which starts the parts of
 * the other modules in order and stops them again. Nothing here speaks MySQL or Lua. May use every other package; none
 * may use this one.
 */
@NullMarked
package dev.myproxy.dist;

import org.jspecify.annotations.NullMarked;
