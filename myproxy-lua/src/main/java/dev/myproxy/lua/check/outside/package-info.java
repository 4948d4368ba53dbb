/**
 * Where configurations run that are checked: a world in which all waiting is over at once, names have made-up addresses, and
 * nothing can be connected to; and the files that they load there.
 */
@NullMarked
package dev.myproxy.lua.check.outside;

import org.jspecify.annotations.NullMarked;
