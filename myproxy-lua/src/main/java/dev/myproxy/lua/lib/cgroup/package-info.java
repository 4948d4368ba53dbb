/**
 * What scripts see of the control group of a client: path, parent, extended attributes.
 *
 * <p>May use {@code dev.myproxy.lua} and core; knows none of the other libraries.
 */
@NullMarked
package dev.myproxy.lua.lib.cgroup;

import org.jspecify.annotations.NullMarked;
